import { getEventListeners } from 'node:events';
import { describe, expect, test } from 'vitest';
import { createPager, type LoadedPage } from '../../../src/core/paging/pager.js';
import { UnexpectedResponse } from '../../../src/errors.js';
import { Operation } from '../../../src/core/operation/operation.js';
import type { CallOptions, Pager } from '../../../src/types.js';
import { makeTransport } from '../../support/transport.js';

const call = (options: CallOptions = {}): Operation =>
  new Operation('scc.queryMeasurements', { transport: makeTransport({ baseUrl: 'https://scc.invalid' }) }, options);
const listing = <T, C>(
  load: (op: Operation, cursor: C | undefined) => Promise<LoadedPage<T, C>>,
  options: CallOptions = {},
  start?: (page: number) => C,
): Pager<T> => createPager(call(options), load, call().init(), start);

/** Pages of two numbers each, and a list of what was loaded. */
function numbers(pageCount: number, extra: (page: number) => Partial<LoadedPage<number, number>> = () => ({})) {
  const loaded: number[] = [];
  const signals: (AbortSignal | undefined)[] = [];
  const timeouts: (number | undefined)[] = [];
  const load = async (
    { signal, timeoutMs }: Operation,
    cursor: number | undefined,
  ): Promise<LoadedPage<number, number>> => {
    const page = cursor ?? 1;
    loaded.push(page);
    signals.push(signal);
    timeouts.push(timeoutMs);
    const next = page < pageCount ? { next: page + 1 } : {};
    return { items: [page * 2 - 1, page * 2], identity: String(page), ...next, ...extra(page) };
  };
  return { load, loaded, signals, timeouts };
}

async function all<T>(source: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of source) list.push(item);
  return list;
}

describe('a pager', () => {
  test('fetches nothing before it is asked, and one page at a time', async () => {
    const { load, loaded } = numbers(3);
    const pager = listing(load);
    pager.byPage();
    const iterator = pager[Symbol.asyncIterator]();
    expect(loaded).toEqual([]);
    await iterator.next();
    await iterator.next();
    expect(loaded).toEqual([1]);
    await iterator.next();
    expect(loaded).toEqual([1, 2]);
    await iterator.return?.();
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(loaded).toEqual([1, 2]);
  });

  test('starts afresh with every iteration', async () => {
    const { load, loaded } = numbers(2);
    const pager = listing(load);
    const pages = pager.byPage();
    expect(await all(pager)).toEqual([1, 2, 3, 4]);
    expect(await all(pager)).toEqual([1, 2, 3, 4]);
    expect((await all(pages)).map(({ page }) => page)).toEqual([1, 2]);
    expect((await all(pages)).map(({ page }) => page)).toEqual([1, 2]);
    expect(loaded).toEqual([1, 2, 1, 2, 1, 2, 1, 2]);
  });

  test('stops at a break', async () => {
    const { load, loaded } = numbers(5);
    for await (const item of listing(load)) if (item === 2) break;
    expect(loaded).toEqual([1]);
  });

  test('gives pages with counts and warnings, the known ones only', async () => {
    const { load } = numbers(1, () => ({ pageCount: 1, totalCount: 2, warnings: ['row 1'] }));
    expect(await all(listing(load).byPage())).toEqual([
      { items: [1, 2], page: 1, pageCount: 1, totalCount: 2, warnings: ['row 1'] },
    ]);
    expect(await all(listing(numbers(1).load).byPage())).toEqual([{ items: [1, 2], page: 1, warnings: [] }]);
  });

  test('begins at a page by counting, or by a short cut', async () => {
    const plain = numbers(4);
    expect((await all(listing(plain.load).byPage({ from: 3 }))).map(({ page }) => page)).toEqual([3, 4]);
    expect(plain.loaded).toEqual([1, 2, 3, 4]);
    const jumping = numbers(9, () => ({ jump: (page: number) => page }));
    expect((await all(listing(jumping.load).byPage({ from: 8 }))).map(({ page }) => page)).toEqual([8, 9]);
    expect(jumping.loaded).toEqual([1, 8, 9]);
  });

  test('begins at a page at once where it can be asked for directly', async () => {
    const { load, loaded } = numbers(9, () => ({ pageCount: 9 }));
    const pager = listing(load, {}, (page) => page);
    expect((await all(pager.byPage({ from: 8 }))).map(({ page }) => page)).toEqual([8, 9]);
    expect(loaded).toEqual([8, 9]);
    expect(await all(pager.byPage({ from: 12 }))).toEqual([]);
    expect((await all(pager.byPage())).length).toBe(9);
  });

  test('gives its one page of nothing', async () => {
    const { load } = numbers(1, () => ({ items: [], pageCount: 0 }));
    expect(await all(listing(load).byPage())).toEqual([{ items: [], page: 1, pageCount: 0, warnings: [] }]);
  });

  test('waits for a page as long as the call allows, else as long as the listing does', async () => {
    const { load, timeouts } = numbers(2);
    const pager = listing(load, { timeoutMs: 1000 });
    await pager.first({ timeoutMs: 7 });
    await pager.toArray({ timeoutMs: 8, signal: new AbortController().signal });
    await pager.first();
    await all(pager.byPage());
    expect(timeouts).toEqual([7, 8, 8, 1000, 1000, 1000]);
    const free = numbers(1);
    await listing(free.load).toArray({ timeoutMs: 9 });
    await listing(free.load).toArray();
    expect(free.timeouts).toEqual([9, undefined]);
  });

  test('gives nothing from beyond the last page', async () => {
    expect(await all(listing(numbers(2).load).byPage({ from: 5 }))).toEqual([]);
    const clamping = numbers(3, () => ({ pageCount: 3, jump: () => 1 }));
    expect(await all(listing(clamping.load).byPage({ from: 9 }))).toEqual([]);
    expect(clamping.loaded).toEqual([1]);
  });

  test('takes as many as the limit says and loads no page more', async () => {
    const { load, loaded } = numbers(5);
    const pager = listing(load);
    expect(await pager.toArray({ limit: 0 })).toEqual([]);
    expect(loaded).toEqual([]);
    expect(await pager.toArray({ limit: 2 })).toEqual([1, 2]);
    expect(loaded).toEqual([1]);
    expect(await pager.toArray({ limit: 3 })).toEqual([1, 2, 3]);
    expect(await pager.toArray()).toHaveLength(10);
  });

  test('finds the first element behind empty pages, or none', async () => {
    const late = numbers(3, (page) => (page < 3 ? { items: [] } : {}));
    expect(await listing(late.load).first()).toBe(5);
    const none = numbers(2, () => ({ items: [] }));
    expect(await listing(none.load).first()).toBeUndefined();
    expect(await listing(numbers(3).load).first()).toBe(1);
  });

  test('refuses a page that comes twice', async () => {
    const { load } = numbers(99, () => ({ identity: 'same' }));
    const twice = listing(load).toArray();
    await expect(twice).rejects.toBeInstanceOf(UnexpectedResponse);
    await expect(twice).rejects.toThrow(/sent page same twice/u);
  });

  test('refuses arguments that cannot be meant before any request', async () => {
    const { load, loaded } = numbers(1);
    const pager = listing(load);
    for (const from of [0, -1, 1.5, Number.NaN]) expect(() => pager.byPage({ from })).toThrow(RangeError);
    for (const limit of [-1, Number.NaN]) await expect(pager.toArray({ limit })).rejects.toThrow(RangeError);
    expect(loaded).toEqual([]);
  });

  test('an abort ends it with the reason, whichever of its signals it is, and no listener stays', async () => {
    const reason = { not: 'an error' };
    const base = new AbortController();
    const own = new AbortController();
    const { load, signals } = numbers(3);
    const pager = listing(load, { signal: base.signal });
    await pager.first({ signal: own.signal });
    expect(signals[0]).not.toBe(base.signal);
    expect(getEventListeners(own.signal, 'abort')).toHaveLength(0);
    expect(getEventListeners(base.signal, 'abort')).toHaveLength(0);
    own.abort(reason);
    await expect(pager.toArray({ signal: own.signal })).rejects.toBe(reason);
    expect(await pager.toArray()).toHaveLength(6);
    base.abort(reason);
    await expect(all(pager)).rejects.toBe(reason);
  });
});
