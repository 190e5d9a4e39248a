import { readAll, reshape } from './streams.js';
import type { Fault } from './types.js';

type Run = (request: Request) => Promise<Response>;
type RangeFault = Extract<Fault, { kind: 'range' }>;

/** Answers a range request wrongly. */
export async function rangeFault(fault: RangeFault, request: Request, run: Run): Promise<Response> {
  switch (fault.mode) {
    case 'ignore':
      return run(without(request, 'range', 'if-range'));
    case 'wrong-start':
      return run(moved(request));
    case '416': {
      const whole = await run(without(request, 'range', 'if-range'));
      const size = (await readAll(whole.body)).length;
      return reshape(whole, null, { 'content-range': `bytes */${String(size)}`, 'content-length': '0' }, 416);
    }
    case 'no-validator': {
      const response = await run(request);
      return reshape(response, response.body, { etag: null, 'last-modified': null });
    }
    case 'weak-validator': {
      const response = await run(request);
      const tag = response.headers.get('etag') ?? '"weak"';
      const weak = tag.startsWith('W/') ? tag : `W/${tag}`;
      return reshape(response, response.body, { etag: weak, 'last-modified': null });
    }
    case 'other-validator': {
      const response = await run(without(request, 'if-range'));
      return reshape(response, response.body, { etag: '"other"', 'last-modified': new Date(0).toUTCString() });
    }
    case 'unsolicited-part':
      return partial(request, run, (size) => Math.ceil(size / 2));
    case 'unsolicited-whole':
      return partial(request, run, (size) => size);
    case 'changed': {
      const response = await run(without(request, 'range', 'if-range'));
      const body = fault.body ?? grown(await readAll(response.body));
      const headers = {
        etag: '"changed"',
        'last-modified': new Date(0).toUTCString(),
        'content-length': String(body.length),
      };
      return reshape(response, body, headers);
    }
  }
}

/** A 206 with the beginning of the whole; an answer that is no file, or has no byte, stays as it is. */
async function partial(request: Request, run: Run, lengthOf: (size: number) => number): Promise<Response> {
  const whole = await run(without(request, 'range', 'if-range'));
  if (whole.status !== 200) return whole;
  const bytes = await readAll(whole.body);
  if (bytes.length === 0) return reshape(whole, bytes);
  const body = bytes.subarray(0, lengthOf(bytes.length));
  const headers = {
    'content-range': `bytes 0-${String(body.length - 1)}/${String(bytes.length)}`,
    'content-length': String(body.length),
  };
  return reshape(whole, body, headers, 206);
}

function without(request: Request, ...names: string[]): Request {
  const headers = new Headers(request.headers);
  for (const name of names) headers.delete(name);
  return new Request(request, { headers });
}

/** The same request for one byte earlier, or later where there is none. */
function moved(request: Request): Request {
  const headers = new Headers(request.headers);
  const start = Number(/^bytes=(\d+)-/.exec(headers.get('range') ?? '')?.[1] ?? 0);
  headers.set('range', `bytes=${String(start > 0 ? start - 1 : 1)}-`);
  headers.delete('if-range');
  return new Request(request, { headers });
}

/** Other content of the same format: one byte more, which a zip archive carries as its comment. */
function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const more = new Uint8Array(bytes.length + 1);
  more.set(bytes);
  const end = bytes.length - 22;
  if (end >= 0 && Buffer.from(bytes.subarray(end, end + 4)).toString('latin1') === 'PK\x05\x06')
    more[bytes.length - 2] = 1;
  return more;
}
