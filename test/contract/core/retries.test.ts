import { describe, expect, it } from 'vitest';
import { PageNotAccessible, RateLimited, UnexpectedResponse } from '../../../src/errors.js';
import { rejection } from '../../support/rejection.js';
import { redirect, text, useSite, WAYS } from './kit.js';

const waits: number[] = [];
/** Passes at once, and tells how long it would have been. */
const sleep = (ms: number): Promise<void> => {
  waits.push(ms);
  return Promise.resolve();
};

const site = useSite();
const OWN = 'https://sdc.example/api/file';
const STORAGE = 'https://storage.example/file';
const call = { op: { name: 'imap.query' }, url: 'file' } as const;
const inAMinute = (): string => new Date(Math.ceil(Date.now() / 1000) * 1000 + 60_000).toUTCString();

/** One answer after the other, the last for good. */
function steps(...answers: (() => Response)[]): () => Response {
  return () => (answers.length > 1 ? answers.shift() : answers[0])?.() ?? Response.error();
}
const busy = (retryAfter?: string): (() => Response) =>
  text('busy', { status: 503, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } });

describe.each(WAYS)('a 503 of $way', ({ bulk, injected }) => {
  const options = injected ? { fetch: ((...given) => globalThis.fetch(...given)) as typeof fetch } : {};
  const get = { ...call, bulk };

  it('behind a redirect is asked for again from the start, after the time that the other host named', async () => {
    waits.length = 0;
    site.answer(OWN, redirect(STORAGE));
    site.answer(STORAGE, steps(busy('7'), busy(inAMinute()), text('there')));
    expect((await site.transport({ ...options, retries: 2 }, { sleep }).text(get)).text).toBe('there');
    expect(site.seen.map(({ url }) => url)).toEqual([OWN, STORAGE, OWN, STORAGE, OWN, STORAGE]);
    expect(waits[0]).toBe(7000);
    expect(waits[1]).toBeGreaterThan(50_000);
    expect(waits[1]).toBeLessThanOrEqual(61_000);
  });

  it('that asks for more than two minutes is not waited for, also behind a redirect', async () => {
    waits.length = 0;
    site.answer(OWN, redirect(STORAGE));
    site.answer(STORAGE, busy('121'));
    const error = await rejection(site.transport({ ...options, retries: 2 }, { sleep }).text(get));
    expect(error).toBeInstanceOf(RateLimited);
    expect(error).toMatchObject({ retryAfterMs: 121_000, url: STORAGE, attempts: 1 });
    expect(waits).toEqual([]);
  });
});

describe('an answer without a body where JSON is expected', () => {
  it.each([
    ['304, which nobody asked for', 304, PageNotAccessible],
    ['204', 204, UnexpectedResponse],
  ])('%s is an error, not a value', async (_what, status, kind) => {
    site.answer(OWN, () => new Response(null, { status }));
    const error = await rejection(site.transport().json(call));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ status, url: OWN });
  });

  it('a page behind a redirect is named by the address that it came from', async () => {
    site.answer(OWN, redirect('https://sdc.example/login'));
    site.answer(
      'https://sdc.example/login',
      text('<title>Log in</title>', { headers: { 'content-type': 'text/html' } }),
    );
    const error = await rejection(site.transport().json(call));
    expect(error).toMatchObject({ url: 'https://sdc.example/login', status: 200, bodyExcerpt: 'Log in' });
  });
});
