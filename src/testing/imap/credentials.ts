import type { ImapKeyScope, ImapSimulatorOptions } from './options.js';

const FULL_KEY = 'simulated-imap-key-with-full-scope';
const READ_KEY = 'simulated-imap-key-with-read-scope';

/** The three parts of a JWT, as the SDC's login gives them. */
const TOKEN = ['{"alg":"RS256","typ":"JWT"}', '{"sub":"simulated","scope":"openid"}', 'simulated signature']
  .map((part) => Buffer.from(part).toString('base64url'))
  .join('.');

const WEBPODA_TOKEN = Buffer.from('simulated:packets').toString('base64');

/** What the simulator lets in. */
export interface Accepted {
  readonly keys: ReadonlyMap<string, ImapKeyScope>;
  readonly tokens: readonly string[];
  readonly webpodaTokens: readonly string[];
}

/** Reads the credentials of the options. */
export function acceptedBy(options: ImapSimulatorOptions): Accepted {
  return {
    keys: new Map(keysOf(options.apiKeys)),
    tokens: options.accessTokens ?? [TOKEN],
    webpodaTokens: options.webpodaTokens ?? [WEBPODA_TOKEN],
  };
}

function keysOf(keys: ImapSimulatorOptions['apiKeys']): [string, ImapKeyScope][] {
  if (keys === undefined) {
    return [
      [FULL_KEY, 'full'],
      [READ_KEY, 'read'],
    ];
  }
  if (!isList(keys)) return Object.entries(keys);
  return keys.map((entry) => (typeof entry === 'string' ? [entry, 'full'] : [entry.key, entry.scope ?? 'full']));
}

type Keys = NonNullable<ImapSimulatorOptions['apiKeys']>;

function isList(keys: Keys): keys is Extract<Keys, readonly unknown[]> {
  return Array.isArray(keys);
}

/** The first key of a scope; `''` when there is none. */
export function firstKey(keys: ReadonlyMap<string, ImapKeyScope>, scope: ImapKeyScope): string {
  return [...keys].find(([, its]) => its === scope)?.[0] ?? '';
}
