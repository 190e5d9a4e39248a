import { simulateImap } from '../../../src/testing/imap/simulate.js';
export function callerOf(options = {}) {
    const sim = simulateImap(options);
    const send = async (url, init) => {
        const answer = await sim.fetch(url, { redirect: 'manual', ...init });
        const text = await answer.text();
        let json;
        try {
            json = JSON.parse(text);
        }
        catch {
            json = undefined;
        }
        return { status: answer.status, type: answer.headers.get('content-type'), headers: answer.headers, text, json };
    };
    const get = (path, headers = {}) => send(new URL(path, sim.baseUrl).href, { headers });
    const rows = async (path, headers) => {
        const reply = await get(path, headers);
        if (reply.status !== 200)
            throw new Error(`${String(reply.status)} ${reply.text}`);
        return reply.json;
    };
    return {
        sim,
        get,
        send,
        rows,
        names: async (path, headers) => (await rows(path, headers)).map((row) => row.file_path.replace(/^.*\//, '')),
        key: { 'x-api-key': sim.credentials.apiKey },
        readKey: { 'x-api-key': sim.readOnlyApiKey },
        bearer: { authorization: `Bearer ${sim.credentials.accessToken}` },
    };
}
/** A presigned URL for an upload, through the key's prefix. */
export async function uploadUrl(caller, name) {
    const reply = await caller.get(`/api-key/upload/${name}`, caller.key);
    if (reply.status !== 200)
        throw new Error(`${String(reply.status)} ${reply.text}`);
    return String(reply.json);
}
/** Where `/download` sends the caller. */
export async function downloadUrl(caller, key) {
    const reply = await caller.get(`/api-key/download/${key}`, caller.key);
    return reply.headers.get('location') ?? '';
}
