import { Forbidden, RejectedError, UnexpectedResponse } from '../errors.js';
import type { Answer, AnswerHead, Call, UploadBody } from '../core/http/call.js';
import { errorForStatus, safeExcerpt } from '../core/http/failures.js';
import type { Operation, OwnRequest } from '../core/operation/operation.js';
import { parseJson } from '../core/http/json.js';
import type { Transport } from '../core/http/transport.js';
import type { ClientCookies } from '../core/session/jar.js';
import { SessionLost, type Session } from '../core/session/session.js';
import { Changes } from './processing/changes.js';
import { Reruns } from './processing/reruns.js';
import { formToken, isCsrfFailure, isLogin, isLoginAddress } from './pages/login-page.js';

/** A page of the site, read. */
export interface SitePage {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  /** Where a redirect leads. */
  readonly location: URL | undefined;
}

/** A public call of this room. */
export type SccOperation = Operation<SccConnection>;

/** One request of a call; `delivery` for those that change something at the SCC: forms, and the few links that act. */
export type SiteRequest = Pick<OwnRequest, 'url' | 'query' | 'delivery' | 'timeoutMs'>;

/** A form to be sent: to the address of `url`, with the token of the page that shows it. */
export interface FormRequest extends SiteRequest {
  readonly fields?: readonly (readonly [string, string])[];
  /** A multipart body in place of `fields`; made for each attempt with the token to put into it. */
  readonly body?: UploadBody;
}

const readable = (status: number): boolean =>
  (status >= 200 && status < 300) || status === 401 || status === 403 || status === 404;

/**
 * The site behind its two logins: pages, JSON and forms, within one session.
 *
 * Whatever shows the login in place of the answer is a lost session, whatever its status.
 */
export class SccConnection {
  readonly transport: Transport;
  readonly cookies: ClientCookies;
  readonly session: Session;
  readonly reruns = new Reruns();
  readonly changes = new Changes();
  /** Files whose upload may still take effect, by the id of their measurement. */
  readonly unsettled = new Map<string, string>();
  /** How long a product may take to begin; `undefined`: as long as any other answer. */
  readonly productTimeoutMs: number | undefined;

  constructor(
    transport: Transport,
    cookies: ClientCookies,
    session: Session,
    limits: { readonly productTimeoutMs?: number | undefined } = {},
  ) {
    this.transport = transport;
    this.cookies = cookies;
    this.session = session;
    this.productTimeoutMs = limits.productTimeoutMs;
  }

  /** A page, after its redirects; 403 and 404 are left to the caller. */
  async page(op: SccOperation, request: SiteRequest): Promise<SitePage> {
    return this.#within(op, request, async () => {
      const { text, answer } = await op.text({
        ...request,
        headers: { accept: 'text/html,*/*;q=0.8' },
        accept: readable,
      });
      return this.#judged(op, request, answer, text);
    });
  }

  /** JSON of the API; `undefined` for 404 and for an empty answer, both of which mean that there is no such thing. */
  async json(op: SccOperation, request: SiteRequest): Promise<unknown> {
    return this.#within(op, request, async () => {
      const { text, answer } = await op.text({
        ...request,
        headers: { accept: 'application/json' },
        accept: readable,
      });
      const page = await this.#judged(op, request, answer, text);
      if (page.status === 404) return undefined;
      if (page.status >= 300) throw this.refusal(op, request, page);
      if (text.trim() === '') return undefined;
      try {
        return parseJson(text);
      } catch {
        // Often a page of maintenance: who waits for hours should not fail for it.
        const init = { ...op.initAt(answer), bodyExcerpt: this.excerpt(text), retryable: true };
        const type = this.clean(answer.contentType ?? 'something else');
        throw new UnexpectedResponse(`expected JSON, got ${type}: ${init.bodyExcerpt.slice(0, 120)}`, init);
      }
    });
  }

  /**
   * Sends a form once and gives the answer as it is, redirects not followed.
   *
   * A POST that the site answers with its CSRF page or its login took no effect; only then is it sent again.
   */
  async post(op: SccOperation, form: FormRequest): Promise<SitePage> {
    return this.#within(op, form, async () => {
      const first = await this.#postOnce(op, form);
      if (first.status !== 403 || !isCsrfFailure(first.text)) return first;
      await this.#freshToken(op, form);
      const second = await this.#postOnce(op, form);
      if (second.status === 403 && isCsrfFailure(second.text)) {
        throw new Forbidden(
          'the SCC refuses the form (CSRF check), twice with fresh tokens; check baseUrl (scheme and host must be the site’s own)',
          { ...op.init(form), status: 403 },
        );
      }
      return second;
    });
  }

  /** Opens a file; a login page in its place renews the session once. */
  async open(op: SccOperation, call: Call): Promise<Answer> {
    return this.session.run(
      async () => {
        const answer = await this.transport.open({
          ...call,
          accept: (status) => call.accept?.(status) === true || status === 401 || status < 300,
        });
        if (answer.status === 401) await this.#judged(op, {}, answer, await answer.text());
        const html = /html/iu.test(answer.contentType ?? '');
        if (isLoginAddress(answer.url)) {
          await answer.discard();
          throw new SessionLost();
        }
        if (!html) return answer;
        const text = await answer.text();
        await this.#judged(op, {}, answer, text);
        const init = { ...op.initAt(answer), bodyExcerpt: this.excerpt(text) };
        throw new UnexpectedResponse(`expected a file, got a page: ${init.bodyExcerpt.slice(0, 120)}`, init);
      },
      { init: this.transport.init(call), repeatable: true, signal: call.signal },
    );
  }

  /** The error for a page whose status is a refusal. */
  refusal(op: SccOperation, request: SiteRequest, page: SitePage): Error {
    const excerpt = this.excerpt(page.text);
    const url = this.transport.redactor.url(page.url);
    const init = { ...op.init(request), url, status: page.status, bodyExcerpt: excerpt };
    if (page.status >= 200 && page.status < 400)
      return new RejectedError(`the SCC refused: ${excerpt.slice(0, 200)}`, { ...init, messages: [excerpt] });
    return errorForStatus({ status: page.status, headers: new Headers(), url, text: page.text, init }, 'account');
  }

  /** Words of the site without any secret that it may repeat. */
  clean(text: string): string {
    return this.transport.redactor.page(text);
  }

  /** The readable beginning of a page without any secret: cleaned before it is cut, lest half of one stays. */
  excerpt(text: string): string {
    return safeExcerpt(text, this.transport.redactor);
  }

  /** The token that Django wants with every POST: from the jar, else from the form, else none. */
  async token(page: SitePage | undefined): Promise<string | undefined> {
    return (
      (await this.cookies.value(this.transport.baseUrl, 'csrftoken')) ??
      (page === undefined ? undefined : await formToken(page.text))
    );
  }

  async #postOnce(op: SccOperation, form: FormRequest): Promise<SitePage> {
    const { transport } = this;
    const token = (await this.token(undefined)) ?? (await this.#freshToken(op, form));
    transport.redactor.addFleeting(token);
    const { fields = [], body, ...request } = form;
    const url = new URL(form.url, transport.baseUrl);
    const { text, answer } = await op.text({
      ...request,
      method: 'POST',
      redirect: 'manual',
      headers: { accept: 'text/html,*/*;q=0.8', 'x-csrftoken': token, referer: url.href, origin: url.origin },
      body: body ?? { form: [['csrfmiddlewaretoken', token], ...fields] },
      ...(body !== undefined && { bulk: true }),
      accept: (status) => readable(status) || (status >= 300 && status < 400) || status === 405,
    });
    return this.#judged(op, form, answer, text);
  }

  async #freshToken(op: SccOperation, { url, timeoutMs }: FormRequest): Promise<string> {
    await this.cookies.forget(this.transport.baseUrl, 'csrftoken');
    const request = { url, ...(timeoutMs !== undefined && { timeoutMs }), accept: readable };
    const { text, answer } = await op.text(request);
    const page = await this.#judged(op, {}, answer, text);
    const token = await this.token(page);
    if (token === undefined)
      throw new UnexpectedResponse(
        `the page ${this.transport.redactor.url(page.url)} shows no form with a CSRF token`,
        op.initAt(answer),
      );
    return token;
  }

  async #judged(
    op: SccOperation,
    { delivery }: Pick<SiteRequest, 'delivery'>,
    answer: AnswerHead,
    text: string,
  ): Promise<SitePage> {
    const location = locationOf(op, answer);
    // Which of the two logins a 401 means is told by the new login: it begins with the site's.
    const lost =
      answer.status === 401 ||
      (location !== undefined && isLoginAddress(location.href)) ||
      (answer.status < 400 && (await isLogin(answer.url, text)));
    if (lost) {
      delivery?.latestNotTaken();
      throw new SessionLost();
    }
    return { status: answer.status, url: answer.url, text, location };
  }

  #within<T>(op: SccOperation, request: SiteRequest, work: () => Promise<T>): Promise<T> {
    return this.session.run(work, { init: op.init(request), repeatable: true, signal: op.signal });
  }
}

function locationOf(op: SccOperation, answer: AnswerHead): URL | undefined {
  const location = answer.headers.get('location');
  if (location === null) return undefined;
  if (URL.canParse(location, answer.url)) return new URL(location, answer.url);
  throw new UnexpectedResponse('the answer has an unreadable Location header', op.initAt(answer));
}
