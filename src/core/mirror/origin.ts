/** Where a file came from, as the `source` of its line says. */
export interface Origin {
  /** The query that it was fetched for; `undefined` in lines that others have written. */
  readonly query: string | undefined;
  /** What was asked for. */
  readonly file: unknown;
}

/** What a line keeps of a file that was fetched for a query. */
export function withQuery(query: string, file: unknown): { readonly query: string; readonly file: unknown } {
  return { query, file };
}

/** What a line says of the origin of its file. */
export function originOf(source: unknown): Origin {
  if (typeof source === 'object' && source !== null && Object.keys(source).length === 2 && 'query' in source) {
    const { query, file }: { readonly query: unknown; readonly file?: unknown } = source;
    if (typeof query === 'string' && query !== '' && !query.includes('\0') && file !== undefined)
      return { query, file };
  }
  return { query: undefined, file: source };
}
