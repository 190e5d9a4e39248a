import type { HmiSimulator } from '../../../src/testing/hmi/simulate.js';

/** One request below the base URL of a simulator. */
export function get(sim: HmiSimulator, path: string, init?: RequestInit): Promise<Response> {
  return sim.fetch(`${sim.baseUrl}${path}`, init);
}

export type Row = Record<string, unknown> & { urls: string[] };

/** The rows of a list. */
export async function rows(sim: HmiSimulator, series: string, start: string, end: string, more = ''): Promise<Row[]> {
  const response = await get(sim, `HMI/${series}?start=${start}&end=${end}${more}`);
  const body: unknown = await response.json();
  if (response.status !== 200 || !Array.isArray(body)) throw new Error(`no list: ${JSON.stringify(body)}`);
  return body as Row[];
}

/** The path of a URL in a list, below the base URL. */
export const below = (url: unknown): string => new URL(String(url)).pathname.slice(1);
