import { secretsAcrossMarkup, type Hidden } from './markup.js';
import { KnownSecrets } from './known-secrets.js';

const HIDDEN = '***';
/** An address with user info or a query, within other text. */
const ADDRESS = /\bhttps?:\/\/[^\s"<>`]*[@?][^\s"<>`]*[^\s"'<>`.,;:!)\]}]/giu;
/** Names of parameters and headers whose values may grant access to anyone who knows them. */
export const MAY_BE_SECRET = /auth|cookie|cred|key|pass|secret|session|sig|ticket|token/iu;
const MAX_SHORT_LIVED = 128;

/**
 * Keeps secrets out of everything that people read: errors and log lines.
 *
 * Two nets: the values that the client knows to be secret are hidden wherever they appear, in plain, percent,
 * form, HTML, JSON or base64 encoding; and of addresses only allow-listed query values are shown.
 */
export class Redactor {
  readonly #secrets = new KnownSecrets();
  readonly #shortLived = new KnownSecrets(MAX_SHORT_LIVED);
  readonly #harmless: ReadonlySet<string>;

  /** @param harmless - Query parameters of the centre that are worth reading in a message and never secret. */
  constructor(harmless: Iterable<string> = []) {
    this.#harmless = new Set(harmless);
  }

  /** Remembers secrets; short ones (under 3 characters) cannot be distinguished from ordinary text and are left. */
  add(...secrets: readonly (string | undefined)[]): void {
    for (const secret of secrets) if (secret !== undefined && secret.length >= 3) this.#secrets.add(secret);
  }

  /** Remembers a secret that changes often, such as a session cookie: the newest ones only. */
  addShortLived(secret: string): void {
    if (secret.length >= 3) this.#shortLived.add(secret);
  }

  /** Remembers the keys and signatures of an address, in case its server repeats them. */
  addAddress(url: URL): void {
    for (const [name, value] of url.searchParams)
      if (MAY_BE_SECRET.test(name) && value.length >= 8) this.addShortLived(value);
  }

  /** The text without any known secret, and with the addresses in it cleaned. */
  text(text: string): string {
    return this.#blot(this.#blot(text).replace(ADDRESS, (address) => this.url(address)));
  }

  /** A text that people may read as a page: {@link text}, and secrets whose letters are separated or written as entities. */
  page(text: string): string {
    const across = secretsAcrossMarkup(text, [...this.#secrets, ...this.#shortLived]);
    return this.text(hide(text, across));
  }

  /** The address without user info, fragment and query values that are not allow-listed. */
  url(url: string | URL): string {
    const text = String(url);
    if (!URL.canParse(text)) return this.#blot(text.replace(/[?#].*$/su, '').replace(/\/\/[^/]*@/u, `//${HIDDEN}@`));
    const parsed = new URL(text);
    parsed.username = '';
    parsed.password = '';
    parsed.hash = '';
    const query = [...parsed.searchParams]
      .map(([name, value]) => {
        if (value === '') return this.#shown(name);
        return `${this.#shown(name)}=${this.#harmless.has(name) ? this.#shown(value) : HIDDEN}`;
      })
      .join('&');
    parsed.search = '';
    return this.#blot(query === '' ? parsed.href : `${parsed.href}?${query}`);
  }

  #shown(text: string): string {
    return encodeURIComponent(this.#blot(text));
  }

  /** All are looked for in the text as it is: one secret that holds a part of another must not hide that from the search. */
  #blot(text: string): string {
    const found: Hidden[] = [];
    for (const known of [this.#secrets, this.#shortLived])
      for (const pattern of known.patternsFor(text)) find(pattern, text, found);
    return hide(text, found);
  }
}

function hide(text: string, found: Hidden[]): string {
  if (found.length === 0) return text;
  found.sort((one, other) => one.start - other.start);
  let clean = '';
  let shown = 0;
  let hidden = -1;
  for (const { start, end } of found) {
    if (start > hidden) clean += text.slice(shown, start) + HIDDEN;
    hidden = Math.max(hidden, end);
    shown = hidden;
  }
  return clean + text.slice(shown);
}

/** Not `matchAll`, which compiles each pattern again: ten times the work, for each address of each file. */
function find(pattern: RegExp, text: string, found: Hidden[]): void {
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const end = match.index + match[0].length;
    if (end > match.index) found.push({ start: match.index, end });
    else pattern.lastIndex += 1;
  }
}
