import type { RecordedRequest } from './types.js';

const KEPT_BYTES = 1024 * 1024;

/** A request whose body is counted and kept while the service reads it. */
export interface Observed {
  readonly request: Request;
  readonly record: RecordedRequest;
  /** Reads what the service left of the body, so that the record is complete. */
  readonly drain: () => Promise<void>;
}

/** Starts the record of a request. */
export function observe(source: Request, service: string, at: number): Observed {
  const url = new URL(source.url);
  const record: RecordedRequest = {
    method: source.method,
    url: source.url,
    path: url.pathname,
    query: url.searchParams,
    service,
    headers: new Headers([...source.headers]),
    body: undefined,
    bodyBytes: 0,
    at,
  };
  const bodiless = source.body === null || source.method === 'GET' || source.method === 'HEAD';
  const init = { method: source.method, headers: [...source.headers], signal: source.signal };
  if (bodiless) return { request: new Request(source.url, init), record, drain: () => Promise.resolve() };

  const kept: Uint8Array[] = [];
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      const room = KEPT_BYTES - Math.min(record.bodyBytes, KEPT_BYTES);
      record.bodyBytes += chunk.length;
      if (room > 0) {
        kept.push(chunk.slice(0, room));
        record.body = new Uint8Array(Buffer.concat(kept));
      }
      controller.enqueue(chunk);
    },
  });
  record.body = new Uint8Array();
  const request = new Request(source.url, { ...init, body: source.body.pipeThrough(counter), duplex: 'half' });
  const drain = async (): Promise<void> => {
    if (request.bodyUsed || request.body === null || request.body.locked) return;
    const reader = request.body.getReader();
    try {
      while (!(await reader.read()).done);
    } catch {
      // The client went away in the middle of its upload: the record shows what came.
    } finally {
      reader.releaseLock();
    }
  };
  return { request, record, drain };
}
