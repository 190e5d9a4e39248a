import type { Bytes } from './types.js';

/** Content that is made while it is read, for large files. */
export interface LazyBytes {
  /** Length of the whole content in bytes. */
  readonly size: number;
  /** Bytes from `start` (inclusive) to `end` (exclusive). */
  read(start: number, end: number): Bytes;
}

/** How a file is served. */
export interface ServeOptions {
  /** Default `application/octet-stream`. */
  readonly type?: string;
  /** `Content-Disposition`. */
  readonly disposition?: string;
  /** With its quotes. */
  readonly etag?: string;
  readonly lastModified?: string | Date;
  /** Whether range requests are honoured; default true. */
  readonly ranges?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

const CHUNK = 64 * 1024;

/** Serves a file as a static web server does: `Range`, `If-Range`, 206, 416, `HEAD`. */
export function serveBytes(request: Request, content: Uint8Array | LazyBytes, options: ServeOptions = {}): Response {
  const source: LazyBytes =
    content instanceof Uint8Array
      ? { size: content.length, read: (start, end) => new Uint8Array(content.subarray(start, end)) }
      : content;
  const headers = new Headers(options.headers);
  headers.set('content-type', options.type ?? 'application/octet-stream');
  if (options.disposition !== undefined) headers.set('content-disposition', options.disposition);
  if (options.etag !== undefined) headers.set('etag', options.etag);
  const modified = options.lastModified instanceof Date ? options.lastModified.toUTCString() : options.lastModified;
  if (modified !== undefined) headers.set('last-modified', modified);
  const ranges = options.ranges ?? true;
  if (ranges) headers.set('accept-ranges', 'bytes');

  const asked = ranges && fresh(request, options.etag, modified) ? request.headers.get('range') : null;
  const range = asked === null ? undefined : parseRange(asked, source.size);
  if (range === 'unsatisfiable') {
    headers.set('content-range', `bytes */${String(source.size)}`);
    headers.set('content-length', '0');
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: source.size };
  headers.set('content-length', String(end - start));
  if (range !== undefined) {
    headers.set('content-range', `bytes ${String(start)}-${String(end - 1)}/${String(source.size)}`);
  }
  const body = request.method === 'HEAD' ? null : chunks(source, start, end);
  return new Response(body, { status: range === undefined ? 200 : 206, headers });
}

/** Whether the file is still the one that `If-Range` names; a weak tag never counts (RFC 9110, 13.1.5). */
function fresh(request: Request, etag: string | undefined, modified: string | undefined): boolean {
  const condition = request.headers.get('if-range');
  if (condition === null) return true;
  if (condition.startsWith('W/')) return false;
  return condition.startsWith('"') ? condition === etag : condition === modified;
}

function parseRange(text: string, size: number): { start: number; end: number } | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(text.trim());
  const [first = '', last = ''] = match?.slice(1) ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  if (start >= size) return 'unsatisfiable';
  if (last !== '' && Number(last) < start) return undefined;
  return { start, end: last === '' ? size : Math.min(Number(last) + 1, size) };
}

function chunks(source: LazyBytes, start: number, end: number): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = start;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        const next = Math.min(at + CHUNK, end);
        if (next > at) controller.enqueue(source.read(at, next));
        at = next;
        if (at >= end) controller.close();
      },
    },
    { highWaterMark: 0 },
  );
}
