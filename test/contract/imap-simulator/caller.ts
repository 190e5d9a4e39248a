import { simulateImap } from '../../../src/testing/imap/simulate.js';
import type { ImapSimulator, ImapSimulatorOptions } from '../../../src/testing/imap/options.js';

export interface Reply {
  status: number;
  type: string | null;
  headers: Headers;
  text: string;
  json: unknown;
}

export type Row = Record<string, unknown> & { file_path: string; version: string };

/** A bare caller: no redirects, no retries, nothing of the client. */
export interface Caller {
  sim: ImapSimulator;
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  send(url: string, init: RequestInit): Promise<Reply>;
  /** Names in the answer of a query, sorted as they came. */
  names(path: string, headers?: Record<string, string>): Promise<string[]>;
  rows(path: string, headers?: Record<string, string>): Promise<Row[]>;
  key: Record<string, string>;
  readKey: Record<string, string>;
  bearer: Record<string, string>;
}

export function callerOf(options: ImapSimulatorOptions = {}): Caller {
  const sim = simulateImap(options);
  const send = async (url: string, init: RequestInit): Promise<Reply> => {
    const answer = await sim.fetch(url, { redirect: 'manual', ...init });
    const text = await answer.text();
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      json = undefined;
    }
    return { status: answer.status, type: answer.headers.get('content-type'), headers: answer.headers, text, json };
  };
  const get: Caller['get'] = (path, headers = {}) => send(new URL(path, sim.baseUrl).href, { headers });
  const rows: Caller['rows'] = async (path, headers) => {
    const reply = await get(path, headers);
    if (reply.status !== 200) throw new Error(`${String(reply.status)} ${reply.text}`);
    return reply.json as Row[];
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
export async function uploadUrl(caller: Caller, name: string): Promise<string> {
  const reply = await caller.get(`/api-key/upload/${name}`, caller.key);
  if (reply.status !== 200) throw new Error(`${String(reply.status)} ${reply.text}`);
  return String(reply.json);
}

/** Where `/download` sends the caller. */
export async function downloadUrl(caller: Caller, key: string): Promise<string> {
  const reply = await caller.get(`/api-key/download/${key}`, caller.key);
  return reply.headers.get('location') ?? '';
}
