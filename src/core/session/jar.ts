import type { Redactor } from '../http/redact.js';
import type { Wire } from '../http/wire.js';

type Tough = import('tough-cookie').CookieJar;

/** The cookies of one client. The only door to tough-cookie and fetch-cookie, which are loaded with the first request. */
export class ClientCookies {
  readonly #redactor: Redactor;
  #jar: Promise<Tough> | undefined;

  constructor(redactor: Redactor) {
    this.#redactor = redactor;
  }

  /** Puts the jar around a wire: cookies are sent and kept, redirects stay with the caller. */
  async wrap(wire: Wire): Promise<Wire> {
    const { default: fetchCookie } = await import('fetch-cookie');
    const jar = await this.#load();
    const wrapped: Wire = fetchCookie(wire, jar);
    return async (url, request) => {
      const answer = await wrapped(url, request);
      for (const cookie of await jar.getCookies(url)) this.#redactor.addFleeting(cookie.value);
      return answer;
    };
  }

  /** The value of a cookie that would be sent to this address. */
  async value(url: URL, name: string): Promise<string | undefined> {
    const cookies = await (await this.#load()).getCookies(url.href);
    return cookies.find((cookie) => cookie.key === name)?.value;
  }

  /** Forgets one cookie that would be sent to this address. */
  async forget(url: URL, name: string): Promise<void> {
    const jar = await this.#load();
    for (const cookie of await jar.getCookies(url.href)) {
      if (cookie.key === name && cookie.domain !== null && cookie.path !== null)
        await jar.store.removeCookie(cookie.domain, cookie.path, name);
    }
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    if (this.#jar !== undefined) await (await this.#jar).removeAllCookies();
  }

  #load(): Promise<Tough> {
    this.#jar ??= import('tough-cookie').then(({ CookieJar }) => new CookieJar());
    return this.#jar;
  }
}
