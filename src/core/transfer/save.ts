import { Readable } from 'node:stream';
import type { DownloadedFile, DownloadOptions } from '../../types.js';
import type { HttpResponse } from '../http/response.js';
import type { Operation } from '../operation/operation.js';
import { downloadOne } from './download.js';

/** Bytes that are made on this machine, such as packets in order of time. */
export interface ByteSource {
  /** Where they come from, for errors: relative to the base URL. */
  readonly url: string;
  /** Called once, when the file is needed. */
  readonly open: (signal: AbortSignal | undefined) => Promise<AsyncIterable<Uint8Array>>;
}

export interface SaveTarget<S> {
  readonly directory: string;
  readonly name: string;
  /** What was asked for; handed back with the file. */
  readonly source: S;
}

const CONTENT_TYPE = 'application/octet-stream';

/**
 * Writes bytes that are made here as downloads are written: into a part file under a lock, which gets its name when it is whole,
 * with the same options for a file that is there. There is nothing to resume.
 *
 * @throws whatever {@link downloadOne} does, and what the source throws.
 */
export function save<S>(
  op: Operation,
  { url, open }: ByteSource,
  { directory, name, source }: SaveTarget<S>,
  options: DownloadOptions,
): Promise<DownloadedFile<S>> {
  const request = {
    source,
    call: { url },
    directory,
    name,
    exactName: true,
    open: async ({ signal }: { readonly signal?: AbortSignal | undefined }) =>
      localAnswer(new URL(url, op.http.baseUrl).href, await open(signal)),
  };
  return downloadOne(op, request, { ...options, resume: false });
}

/** Bytes in the place of an answer of a centre. */
function localAnswer(url: string, bytes: AsyncIterable<Uint8Array>): HttpResponse {
  const stream = Readable.from(bytes, { objectMode: false });
  return {
    status: 200,
    headers: { get: () => null, has: () => false, getSetCookie: () => [] },
    url,
    redirected: false,
    contentType: CONTENT_TYPE,
    text: () => Promise.reject(new TypeError('bytes that are made here are not a text')),
    stream: () => stream,
    discard: () => {
      stream.destroy();
      return Promise.resolve();
    },
  };
}
