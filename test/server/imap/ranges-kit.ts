import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { serve, type ScriptedServer } from '../../support/server.js';

export const MIB = 1024 * 1024;
export const NAME = 'imap_mag_l2_norm-gse_20260105_v009.0001.cdf';
export const PATH = `imap/mag/l2/2026/01/${NAME}`;

export const digestOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex');

/** One request to the storage. */
export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** The bytes that are asked for; of the whole, where no range is. */
  readonly from: number;
  readonly to: number;
  /** Whether a range is asked for, of the state of the file that is there. */
  readonly ranged: boolean;
  /** 0 for the first one. */
  readonly number: number;
}

/** Answers in place of the storage, where it gives `true`. */
export type Script = (asked: Asked) => boolean | Promise<boolean>;

/** An archive on real sockets, as its interface is described: an API that answers with addresses, and a storage with ranges. */
export interface Archive {
  readonly url: string;
  /** How often an address was asked for. */
  addresses(): number;
  /** The requests to the storage, in order. */
  readonly asked: Asked[];
  /** Bytes of bodies that were sent in all. */
  served(): number;
  /** Most requests that were in flight at a time. */
  most(): number;
  /** Other bytes, or another validator, from now on. */
  hold(body: Uint8Array, etag: string | undefined): void;
  script(script: Script): void;
  readonly storage: ScriptedServer;
}

export async function archive(body: Uint8Array, etag = '"one-2"'): Promise<Archive> {
  let held: Held = { body, etag };
  let script: Script = () => false;
  let served = 0;
  let most = 0;
  const asked: Asked[] = [];
  const storage = await serve((request, response) => {
    most = Math.max(most, storage.busy());
    const one = { request, response, number: asked.length, ...wanted(request, held) };
    asked.push(one);
    void (async () => {
      if (await script(one)) return;
      served += one.to - one.from;
      answer(one, held);
    })();
  });
  const api = await serve((request, response) => {
    request.resume();
    response
      .writeHead(302, { location: `${storage.url}sds-data/${PATH}?X-Amz-Signature=s${api.requests.length}` })
      .end();
  });
  return {
    url: api.url,
    addresses: () => api.requests.length,
    asked,
    served: () => served,
    most: () => most,
    hold: (other, tag) => {
      held = { body: other, etag: tag };
    },
    script: (other) => {
      script = other;
    },
    storage,
  };
}

interface Held {
  readonly body: Uint8Array;
  readonly etag: string | undefined;
}

function wanted({ headers }: IncomingMessage, { body, etag }: Held): Pick<Asked, 'from' | 'to' | 'ranged'> {
  const match = /^bytes=(\d+)-(\d*)$/u.exec(headers.range ?? '');
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
  if (match === null || !isSame || Number(match[1]) >= body.length) return { from: 0, to: body.length, ranged: false };
  const last = match[2] === '' ? body.length - 1 : Math.min(Number(match[2]), body.length - 1);
  return { from: Number(match[1]), to: last + 1, ranged: true };
}

/** The headers of a right answer. */
export function headersOf(
  { from, to, ranged }: Asked,
  bytes: number,
  etag: string | undefined,
): Record<string, string> {
  return {
    'content-length': String(to - from),
    'x-amz-request-id': 'R',
    ...(etag !== undefined && { etag }),
    ...(ranged && { 'content-range': `bytes ${from}-${to - 1}/${bytes}` }),
  };
}

function answer(asked: Asked, { body, etag }: Held): void {
  asked.response.writeHead(asked.ranged ? 206 : 200, headersOf(asked, body.length, etag));
  asked.response.end(body.subarray(asked.from, asked.to));
}

/** Sends so many bytes of a right answer, then nothing. */
export function begin(asked: Asked, body: Uint8Array, bytes: number, etag = '"one-2"'): void {
  asked.response.writeHead(asked.ranged ? 206 : 200, headersOf(asked, body.length, etag));
  asked.response.write(body.subarray(asked.from, Math.min(asked.to, asked.from + bytes)));
}

/** Ends the first answer, and begins the others, when so many requests are there. */
export function together(body: Uint8Array, count: number): Script {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return async (asked) => {
    come += 1;
    if (come >= count) open();
    if (asked.number > 0) return opened.then(() => false);
    begin(asked, body, 1);
    await opened;
    asked.response.end(body.subarray(asked.from + 1, asked.to));
    return true;
  };
}

/** The ranges that were asked for in order of their beginnings, as `from-to`. */
export function rangesOf({ asked }: Archive): string[] {
  return [...asked].sort((one, other) => one.from - other.from).map(({ from, to }) => `${from}-${to}`);
}
