/** One request below the base URL of a simulator. */
export function get(sim, path, init) {
    return sim.fetch(`${sim.baseUrl}${path}`, init);
}
/** The rows of a list. */
export async function rows(sim, series, start, end, more = '') {
    const response = await get(sim, `HMI/${series}?start=${start}&end=${end}${more}`);
    const body = await response.json();
    if (response.status !== 200 || !Array.isArray(body))
        throw new Error(`no list: ${JSON.stringify(body)}`);
    return body;
}
/** The path of a URL in a list, below the base URL. */
export const below = (url) => new URL(String(url)).pathname.slice(1);
