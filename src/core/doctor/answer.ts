import { TimeoutError } from '../../errors.js';
import type { HttpResponse, ResponseHeaders } from '../http/response.js';
import type { Operation } from '../operation/operation.js';
import { parseJson } from '../util/json.js';
import { PointEnded, saw } from './finding.js';

/** One answer of a centre, held in memory: its body, or the beginning of it. */
export class DoctorAnswer {
  readonly status: number;
  readonly headers: ResponseHeaders;
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly body: Buffer;

  constructor({ status, headers, url }: Pick<HttpResponse, 'status' | 'headers' | 'url'>, body: Buffer) {
    this.status = status;
    this.headers = headers;
    this.url = url;
    this.body = body;
  }

  get text(): string {
    return this.body.toString('utf8');
  }

  header(name: string): string | undefined {
    return this.headers.get(name) ?? undefined;
  }

  /** The media type without its parameters; `none` where there is none. */
  get type(): string {
    return (this.header('content-type') ?? 'none').split(';', 1)[0]?.trim().toLowerCase() ?? 'none';
  }

  /** Status and media type, in words for a report. */
  get words(): string {
    return `${this.status} ${this.type}`;
  }

  /** The body as JSON; a body that is something else makes the point differ. */
  json(): unknown {
    try {
      return parseJson(this.text);
    } catch {
      throw new PointEnded(saw(`${this.words}, not JSON`, false));
    }
  }

  /** The same for an answer that should be a success. */
  okJson(): unknown {
    this.requireStatus(200);
    return this.json();
  }

  /** Another status makes the point differ. */
  requireStatus(...known: readonly number[]): this {
    if (!known.includes(this.status)) throw new PointEnded(saw(this.words, false));
    return this;
  }
}

/**
 * Reads at most so many bytes of a body and leaves the rest.
 *
 * @throws {@link TimeoutError} where it goes silent.
 */
export async function readAnswer(op: Operation, response: HttpResponse, maxBytes: number): Promise<DoctorAnswer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const stream = response.stream();
  const timer = setTimeout(() => {
    stream.destroy(new TimeoutError('the answer went silent; try again, or raise idleTimeoutMs', op.initAt(response)));
  }, op.idleTimeoutMs);
  try {
    for await (const chunk of stream) {
      if (!(chunk instanceof Uint8Array)) break;
      timer.refresh();
      chunks.push(chunk);
      bytes += chunk.byteLength;
      if (bytes >= maxBytes) break;
    }
  } finally {
    clearTimeout(timer);
    stream.destroy();
  }
  return new DoctorAnswer(response, Buffer.concat(chunks).subarray(0, maxBytes));
}
