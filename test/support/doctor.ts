import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DoctorReport } from '../../src/types.js';

type Fetch = typeof globalThis.fetch;

/** One answer of a look-alike: which one, and what is different. */
export interface Change {
  /** Part of `METHOD /path?query`, decoded. */
  readonly at: RegExp;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | ((body: string) => string);
}

/** A centre that answers as the simulated one, apart from one answer. */
export function lookAlike(fetch: Fetch, { at, status, headers = {}, body }: Change): Fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const line = `${request.method} ${decodeURIComponent(url.pathname + url.search)}`;
    const answer = await fetch(request);
    if (!at.test(line)) return answer;
    const changed = new Headers(answer.headers);
    changed.delete('content-length');
    changed.delete('content-encoding');
    for (const [name, value] of Object.entries(headers))
      if (value === undefined) changed.delete(name);
      else changed.set(name, value);
    const text = typeof body === 'function' ? body(await answer.text()) : (body ?? (await answer.text()));
    return new Response(text, { status: status ?? answer.status, headers: changed });
  };
}

/** The ids of the points with a verdict. */
export function withVerdict({ points }: DoctorReport, verdict: string): string[] {
  return points.filter((point) => point.verdict === verdict).map(({ id }) => id);
}

interface Recorded {
  readonly status: number;
  readonly url: string;
  readonly headers: [string, string][];
  readonly body?: string;
  readonly base64?: string;
}

/** The answers of a record, one after the other, as a transport. */
export function replay(folder: string): Fetch {
  const answers = readdirSync(folder)
    .filter((name) => /^\d\d-/u.test(name))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Recorded);
  return () => {
    const next = answers.shift();
    if (next === undefined) return Promise.reject(new Error('the record has no further answer'));
    const { status, headers, body, base64 } = next;
    const kept = headers.filter(([name]) => !/^content-(?:length|encoding)$|^transfer-encoding$/u.test(name));
    const bytes = base64 === undefined ? body : Buffer.from(base64, 'base64');
    return Promise.resolve(new Response(bytes === '' ? null : bytes, { status, headers: kept }));
  };
}

/** Everything that a record holds, as text; what is in base64, decoded. */
export function recordText(folder: string): string {
  return readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .map((text) =>
      text.replace(/"base64": "([^"]*)"/u, (_all, data: string) => Buffer.from(data, 'base64').toString('latin1')),
    )
    .join('\n');
}

/** A transport, and how many of its requests were under way at the same time at most. */
export function counted(fetch: typeof globalThis.fetch): {
  readonly fetch: typeof globalThis.fetch;
  readonly mostAtOnce: () => number;
} {
  let [now, most] = [0, 0];
  return {
    fetch: async (input, init) => {
      now += 1;
      most = Math.max(most, now);
      try {
        return await fetch(input, init);
      } finally {
        now -= 1;
      }
    },
    mostAtOnce: () => most,
  };
}
