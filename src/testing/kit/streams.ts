/** A body made of what a generator yields; leaving it ends the generator. */
export function streamOf(source: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const next = await source.next();
        if (next.done === true) controller.close();
        else controller.enqueue(next.value);
      },
      cancel() {
        // Not awaited: a generator in the middle of a silence ends when the exchange does.
        void source.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
}

/** The chunks of a body; a body that is not there has none. */
export async function* chunksOf(
  body: ReadableStream<Uint8Array<ArrayBuffer>> | null,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (body === null) return;
  const reader = body.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    if (!ended) void reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** Cuts chunks so that a boundary lies after `bytes` bytes. */
export async function* splitAt(
  source: AsyncIterable<Uint8Array<ArrayBuffer>>,
  bytes: number,
): AsyncGenerator<{ chunk: Uint8Array<ArrayBuffer>; before: boolean }> {
  let left = bytes;
  for await (const chunk of source) {
    if (left >= chunk.length) {
      left -= chunk.length;
      yield { chunk, before: true };
    } else {
      if (left > 0) yield { chunk: chunk.subarray(0, left), before: true };
      yield { chunk: chunk.subarray(left), before: false };
      left = 0;
    }
  }
}

/** Reads a body to its end. */
export async function readAll(body: ReadableStream<Uint8Array<ArrayBuffer>> | null): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunksOf(body)) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}

/** The same answer with another body and changed headers; `null` deletes a header. */
export function reshape(
  response: Response,
  body: ReadableStream<Uint8Array<ArrayBuffer>> | Uint8Array<ArrayBuffer> | null,
  changes: Readonly<Record<string, string | null>> = {},
  status = response.status,
): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  return new Response(body, { status, statusText: response.statusText, headers });
}
