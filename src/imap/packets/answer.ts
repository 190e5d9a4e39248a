import { Readable } from 'node:stream';
import type { Answer } from '../../core/http/call.js';

/** Packets that are here already, in the form in which the transfer engine takes a body. */
export function answerOf(url: URL, body: AsyncIterable<Uint8Array>): Answer {
  const stream = Readable.from(body, { objectMode: false });
  return {
    status: 200,
    headers: new Headers({ 'content-type': 'application/octet-stream' }),
    url: url.href,
    redirected: false,
    contentType: 'application/octet-stream',
    text: () => Promise.reject(new TypeError('packets are no text')),
    stream: () => stream,
    discard: () => {
      stream.destroy();
      return Promise.resolve();
    },
  };
}
