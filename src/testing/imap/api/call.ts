import type { SimContext } from '../../kit/types.js';
import type { Archive } from '../archive/archive.js';
import type { ImapKeyScope, ImapSampleJob, ImapSimulatorOptions } from '../options.js';

/** What the API knows besides the archive. */
export interface ApiService {
  readonly archive: Archive;
  readonly options: ImapSimulatorOptions;
  readonly keys: ReadonlyMap<string, ImapKeyScope>;
  readonly tokens: readonly string[];
  jobs(): readonly ImapSampleJob[];
  requestId(): string;
}

/** Which route prefix a request took; it alone decides whether the caller counts as authenticated (section 2.3). */
export type Prefix = 'public' | 'authorized' | 'api-key';

/** A request that passed the gateway. */
export interface ApiCall {
  readonly context: SimContext;
  readonly service: ApiService;
  readonly archive: Archive;
  readonly prefix: Prefix;
  /** Of the API key; `undefined` on the other prefixes. */
  readonly scope: ImapKeyScope | undefined;
  /** Path behind the route, decoded, without the slash between them. */
  readonly rest: string;
  /** `undefined` when there was no query string. */
  readonly parameters: ReadonlyMap<string, string> | undefined;
}

/** Reads a query string as the gateway does: repeated names are joined with a comma (section 2.7). */
export function readParameters(url: URL): ReadonlyMap<string, string> | undefined {
  if (url.search === '') return undefined;
  const parameters = new Map<string, string>();
  for (const [name, value] of url.searchParams) {
    const before = parameters.get(name);
    parameters.set(name, before === undefined ? value : `${before},${value}`);
  }
  return parameters;
}
