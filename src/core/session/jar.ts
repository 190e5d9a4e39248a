import type { SdcErrorInit } from '../../errors.js';
import { lazy } from '../util/lazy.js';
import type { Redactor } from '../redact/redactor.js';
import type { HttpHandler } from '../http/handlers/handler.js';

type Tough = import('tough-cookie').CookieJar;

const tough = lazy(() => import('tough-cookie'));
const fetchCookies = lazy(async () => (await import('fetch-cookie')).default);

/** The cookies of one client. The only door to tough-cookie and fetch-cookie, which are loaded with the first request. */
export class ClientCookies {
  readonly #redactor: Redactor;
  readonly #init: SdcErrorInit;
  #jar: Tough | undefined;

  /** @param init - What an error starts from when the libraries cannot be loaded. */
  constructor(redactor: Redactor, init: SdcErrorInit) {
    this.#redactor = redactor;
    this.#init = init;
  }

  /** Puts the jar around a handler: cookies are sent and kept, redirects stay with the caller. */
  async wrap(handler: HttpHandler): Promise<HttpHandler> {
    const fetchCookie = await fetchCookies(this.#init);
    const jar = await this.#load();
    const wrapped: HttpHandler = fetchCookie(handler, jar);
    return async (url, request) => {
      const answer = await wrapped(url, request);
      for (const cookie of await jar.getCookies(url)) this.#redactor.addShortLived(cookie.value);
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

  async clear(): Promise<void> {
    await this.#jar?.removeAllCookies();
  }

  async #load(): Promise<Tough> {
    const { CookieJar } = await tough(this.#init);
    this.#jar ??= new CookieJar();
    return this.#jar;
  }
}
