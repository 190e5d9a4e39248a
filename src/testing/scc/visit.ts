import { htmlResponse } from '../kit/html.js';
import type { SimContext } from '../kit/types.js';
import { readCookies, setCookie, type CookieAttributes } from './cookies.js';
import { readForm, type FormFields } from './form.js';
import { packMessages, unpackMessages, type SimMessage } from './messages.js';
import { maskToken, randomText, secretOf } from './tokens.js';
import type { SccWorld, SimSession } from './world.js';

const CSRF_AGE = 31_449_600;
const SESSION_AGE = 1_209_600;

/** One request to the site, with what Django's middleware knows of it. */
export class Visit {
  readonly world: SccWorld;
  readonly context: SimContext;
  readonly request: Request;
  readonly method: string;
  /** Path below the base path, with its leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly csrfCookie: string | undefined;
  session: SimSession | undefined;
  private readonly cookieHeaders: string[] = [];
  private readonly sentMessages: readonly SimMessage[];
  private readonly messages: SimMessage[];
  private csrfToSet: string | undefined;
  private form: Promise<FormFields> | undefined;

  constructor(world: SccWorld, context: SimContext) {
    this.world = world;
    this.context = context;
    this.request = context.request;
    this.method = context.request.method;
    this.path = context.path;
    this.query = context.url.searchParams;
    const cookies = readCookies(context.request.headers.get('cookie'));
    this.csrfCookie = cookies.get('csrftoken');
    this.session = world.useSession(cookies.get('sessionid'));
    this.sentMessages = unpackMessages(cookies.get('messages') ?? '');
    this.messages = [...this.sentMessages, ...(this.session?.messages ?? [])];
  }

  /** Path of a page of the site, from its root. */
  href(path: string): string {
    return `${(this.world.options.basePath ?? '/').replace(/\/*$/, '/')}${path.replace(/^\//, '')}`;
  }

  /** The fields of a form, multipart or not; empty for anything else. */
  fields(): Promise<FormFields> {
    this.form ??= readForm(this.request);
    return this.form;
  }

  /** A masked token for a form; the answer sets the cookie that belongs to it. */
  formToken(): string {
    const known = this.csrfToSet ?? this.csrfCookie;
    const secret = (known === undefined ? undefined : secretOf(known)) ?? randomText(32);
    if (known === undefined || secretOf(known) !== secret) this.newCsrfCookie(secret);
    else this.csrfToSet = known;
    return maskToken(secret);
  }

  /** A new session and a new CSRF token, as after a login. */
  logIn(): void {
    if (this.session !== undefined) this.world.sessions.delete(this.session.id);
    this.session = this.world.login();
    this.cookie('sessionid', this.session.id, { maxAge: SESSION_AGE, httpOnly: true });
    this.newCsrfCookie(randomText(32));
  }

  logOut(): void {
    if (this.session !== undefined) this.world.sessions.delete(this.session.id);
    this.session = undefined;
    this.cookie('sessionid', '', { maxAge: 0 });
  }

  addMessage(level: SimMessage['level'], text: string): void {
    this.messages.push({ level, text });
  }

  /** The messages that wait, for the page that shows them. */
  takeMessages(): readonly SimMessage[] {
    return this.messages.splice(0);
  }

  html(body: string, status = 200, headers: Record<string, string> = {}): Response {
    return htmlResponse(body, status, headers);
  }

  redirect(location: string, status = 302): Response {
    return new Response(null, {
      status,
      headers: { location, 'content-type': 'text/html; charset=utf-8', 'content-length': '0' },
    });
  }

  /** Puts the cookies on the answer. */
  finish(response: Response): Response {
    this.keepMessages();
    if (this.csrfToSet !== undefined) this.cookie('csrftoken', this.csrfToSet, { maxAge: CSRF_AGE });
    const headers = new Headers(response.headers);
    for (const cookie of this.cookieHeaders) headers.append('set-cookie', cookie);
    if (this.cookieHeaders.length > 0) headers.set('vary', 'Cookie');
    return new Response(response.body, { status: response.status, headers });
  }

  private keepMessages(): void {
    const before = JSON.stringify([...this.sentMessages, ...(this.session?.messages ?? [])]);
    if (JSON.stringify(this.messages) === before) return;
    const { cookie, overflow } = packMessages(this.messages, this.world.profile.messages, this.world.clock.now());
    if (this.session !== undefined) this.session.messages = [...overflow];
    const rest = this.messages.length - overflow.length;
    if (rest > 0) this.cookie('messages', cookie, { httpOnly: true });
    else if (this.sentMessages.length > 0) this.cookie('messages', '', { maxAge: 0 });
  }

  private newCsrfCookie(secret: string): void {
    this.csrfToSet = this.world.profile.csrfLength === 64 ? maskToken(secret) : secret;
  }

  private cookie(name: string, value: string, attributes: CookieAttributes): void {
    this.cookieHeaders.push(setCookie(name, value, attributes));
  }
}
