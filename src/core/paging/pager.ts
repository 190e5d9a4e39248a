import { defined } from '../util/defined.js';
import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { CallMessage, CallOptions, Page, Pager } from '../../types.js';
import { checkArguments, objectOf } from '../operation/fields.js';
import { anyNumber } from '../operation/kinds.js';
import { limitsOf, type ClientContext, type Operation } from '../operation/operation.js';
import { CALL_OPTIONS } from '../operation/shared-options.js';
import { linkSignals } from '../util/signal.js';

/** One page as a room loads it. `C` is whatever leads to the next page: a link, a time slice. */
export interface LoadedPage<T, C> {
  readonly items: T[];
  /** 1-based; counted when left out. */
  readonly page?: number | undefined;
  readonly pageCount?: number | undefined;
  readonly totalCount?: number | undefined;
  readonly warnings?: string[] | undefined;
  /** Leads to the next page; absent on the last one. */
  readonly next?: C | undefined;
  /** What tells this page from others; the same twice is taken for a loop. */
  readonly identity?: string | undefined;
  /** A short cut to a page by its number, where the server offers one. */
  readonly jump?: ((page: number) => C | undefined) | undefined;
}

const BY_PAGE = { options: objectOf<{ readonly from?: number }>()({ from: anyNumber }) };
const FIRST = { options: CALL_OPTIONS };
const TO_ARRAY = {
  options: objectOf<CallOptions & { readonly limit?: number }>()({ ...CALL_OPTIONS.fields, limit: anyNumber }),
};

/**
 * A lazy listing over pages.
 *
 * @param load - Loads a page, for the call that asks for it.
 * @param init - For the error when a server gives the same page twice.
 * @param start - Leads straight to a page by its number, where that needs no other page. Without it the first page is
 * loaded first: it alone tells how the centre counts its pages and where they are (`LoadedPage.jump`).
 * @param partOf - The call under way that the listing is part of; default: each iteration is a call of its own.
 */
export function createPager<T, C, X extends ClientContext>(
  op: Operation<X>,
  load: (op: Operation<X>, cursor: C | undefined) => Promise<LoadedPage<T, C>>,
  init: SdcErrorInit,
  start?: (page: number) => C,
  partOf?: CallMessage,
): Pager<T> {
  const { arguments: args, callOptions: options } = op;
  const iterate = (from: number, calls: CallOptions): AsyncGenerator<Page<T>, void, undefined> => {
    const own = op.with(calls, partOf ?? { operation: op.name, centre: op.publicCall.centre });
    const loaded = pages((cursor: C | undefined) => load(own, cursor), from, calls, init, start);
    return partOf === undefined ? own.loop(loaded) : loaded;
  };
  return {
    byPage: (own = {}) => {
      checkArguments(args, BY_PAGE, { options: own });
      const { from = 1 } = own;
      if (!Number.isInteger(from) || from < 1) throw args.outOfRange('from must be a page number, 1 or more');
      return { [Symbol.asyncIterator]: () => iterate(from, options) };
    },
    first: async (own = {}) => {
      checkArguments(args, FIRST, { options: own });
      return withOwn(options, own, (calls) => firstOf(iterate(1, calls)));
    },
    toArray: async (own = {}) => {
      checkArguments(args, TO_ARRAY, { options: own });
      const limit = own.limit ?? Infinity;
      if (!(limit >= 0)) throw args.outOfRange('limit must be 0 or more');
      return withOwn(options, own, (calls) => collect(iterate(1, calls), limit));
    },
    [Symbol.asyncIterator]: () => items(iterate(1, options)),
  };
}

async function* pages<T, C>(
  load: (cursor: C | undefined) => Promise<LoadedPage<T, C>>,
  from: number,
  calls: CallOptions,
  init: SdcErrorInit,
  start: ((page: number) => C) | undefined,
): AsyncGenerator<Page<T>, void, undefined> {
  const seen = new Set<string>();
  let cursor = from > 1 ? start?.(from) : undefined;
  for (let count = cursor === undefined ? 1 : from; ; count += 1) {
    calls.signal?.throwIfAborted();
    const loaded = await load(cursor);
    if (loaded.identity !== undefined) {
      if (seen.has(loaded.identity))
        throw new UnexpectedResponse(
          `the server sent page ${loaded.identity} twice; the listing would never end`,
          init,
        );
      seen.add(loaded.identity);
    }
    const page = loaded.page ?? count;
    const { pageCount = Infinity } = loaded;
    // Of nothing there is one page, too, which is empty.
    if (page >= from && (page === 1 || page <= pageCount)) yield pageOf(loaded, page);
    if (loaded.next === undefined || (page < from && from > pageCount)) return;
    const short = page < from ? loaded.jump?.(from) : undefined;
    cursor = short ?? loaded.next;
    if (short !== undefined) count = from - 1;
  }
}

function pageOf<T, C>(loaded: LoadedPage<T, C>, page: number): Page<T> {
  return defined({
    items: loaded.items,
    page,
    pageCount: loaded.pageCount,
    totalCount: loaded.totalCount,
    warnings: loaded.warnings ?? [],
  });
}

async function* items<T>(source: AsyncGenerator<Page<T>>): AsyncGenerator<T, void, undefined> {
  for await (const page of source) yield* page.items;
}

async function firstOf<T>(source: AsyncGenerator<Page<T>>): Promise<T | undefined> {
  for await (const page of source) {
    if (page.items.length > 0) return page.items[0];
  }
  return undefined;
}

async function collect<T>(source: AsyncGenerator<Page<T>>, limit: number): Promise<T[]> {
  const all: T[] = [];
  if (limit === 0) return all;
  for await (const page of source) {
    for (const item of page.items) {
      all.push(item);
      if (all.length >= limit) return all;
    }
  }
  return all;
}

/** The options of one call win over those of the listing; of two signals both count. */
async function withOwn<R>(
  base: CallOptions,
  own: CallOptions | undefined,
  work: (calls: CallOptions) => Promise<R>,
): Promise<R> {
  const calls = limitsOf({ ...base, ...limitsOf(own ?? {}) });
  if (own?.signal === undefined) return work(calls);
  const linked = linkSignals(base.signal, own.signal);
  try {
    return await work({ ...calls, signal: linked.signal });
  } finally {
    linked.dispose();
  }
}
