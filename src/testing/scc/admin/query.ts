import { parseAdminDate } from '../text.js';

/** A filter of a changelist: whether a row passes; `undefined` when the value is malformed. */
export type AdminFilter<R> = (value: string) => ((row: R) => boolean) | undefined;

/** What a changelist was asked for. */
export interface ListQuery<R> {
  readonly filters: readonly ((row: R) => boolean)[];
  /** What links to other pages carry along, in Django's order. */
  readonly kept: readonly (readonly [string, string])[];
  /** `p` as it was sent; `undefined` without. */
  readonly page: number | undefined;
  readonly showAll: boolean;
}

/** Parameters that are no filters. */
const PLAIN = new Set(['o', 'q', 'all', '_popup', '_to_field', '_changelist_filters']);

/** Reads the query string; `undefined` stands for Django's `IncorrectLookupParameters`. */
export function readListQuery<R>(
  query: URLSearchParams,
  known: Readonly<Record<string, AdminFilter<R>>>,
): ListQuery<R> | undefined {
  const filters: ((row: R) => boolean)[] = [];
  const kept = new Map<string, string>();
  for (const [name, value] of query) {
    if (name === 'p' || name === 'e') continue;
    kept.set(name, value);
    if (PLAIN.has(name)) continue;
    const filter = known[name]?.(value);
    if (filter === undefined) return undefined;
    filters.push(filter);
  }
  const text = query.get('p');
  const page = text === null || !/^\s*[-+]?\d+\s*$/.test(text) ? undefined : Number(text);
  const sorted = [...kept].sort(([one], [other]) => (one < other ? -1 : 1));
  return { filters, kept: sorted, page, showAll: query.has('all') };
}

/** Filters on a date: `gte`, `gt`, `lte`, `lt`; rows without a date never pass. */
export function dateFilters<R>(name: string, of: (row: R) => Date | undefined): Record<string, AdminFilter<R>> {
  const compare = (test: (date: number, limit: number) => boolean): AdminFilter<R> => {
    return (value) => {
      const limit = parseAdminDate(value)?.getTime();
      if (limit === undefined) return undefined;
      return (row) => {
        const date = of(row);
        return date !== undefined && test(date.getTime(), limit);
      };
    };
  };
  return {
    [`${name}__gte`]: compare((date, limit) => date >= limit),
    [`${name}__gt`]: compare((date, limit) => date > limit),
    [`${name}__lte`]: compare((date, limit) => date <= limit),
    [`${name}__lt`]: compare((date, limit) => date < limit),
  };
}

/** Django's `urlencode`: spaces as `+`, sorted by name. */
export function queryString(kept: ListQuery<never>['kept'], extra: Readonly<Record<string, string>>): string {
  const entries = [...kept.filter(([name]) => !(name in extra)), ...Object.entries(extra)];
  entries.sort(([one], [other]) => (one < other ? -1 : 1));
  const query = new URLSearchParams();
  for (const [name, value] of entries) query.append(name, value);
  return `?${query.toString()}`;
}
