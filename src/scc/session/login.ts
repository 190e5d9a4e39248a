import { ConfigError, Forbidden, UnexpectedResponse, WrongCredentials, type SdcErrorInit } from '../../errors.js';
import type { Operation } from '../../core/operation/operation.js';
import { safeExcerpt } from '../../core/http/failures.js';
import type { Transport } from '../../core/http/transport.js';
import type { ClientCookies } from '../../core/session/jar.js';
import { PATHS } from '../routes.js';
import { formToken, hasLoginForm, isCsrfFailure } from '../pages/login-page.js';
import type { SccCredentials } from '../types.js';

/** What logging in and out work with. */
export interface LoginContext {
  readonly transport: Transport;
  readonly cookies: ClientCookies;
}

/**
 * Logs in: gets the form, sends it, and takes a redirect together with a new session cookie for success, nothing else.
 *
 * Source: SCC accounts login (Django); a failed login is a 200 that shows the form again.
 *
 * @throws {@link WrongCredentials} with `layer: 'site'` when the site login fails, `'account'` when the account's does.
 */
export async function logIn(op: Operation<LoginContext>, credentials: SccCredentials): Promise<void> {
  const { transport, cookies } = op.context;
  const url = new URL(PATHS.login, transport.baseUrl);
  await cookies.forget(url, 'sessionid');
  const form = await op.text({
    url,
    headers: { accept: 'text/html' },
    mapError: (failed) => (failed.status === 401 ? (moved(op, failed) ?? siteRefused(failed.init)) : undefined),
  });
  const token = (await cookies.value(url, 'csrftoken')) ?? (await formToken(form.text));
  if (token === undefined || !(await hasLoginForm(form.text))) {
    const init = initOf(op, PATHS.login, form.answer.status, form.text);
    const elsewhere = moved(op, { url: form.answer.url, init });
    if (elsewhere !== undefined) throw elsewhere;
    const shown = transport.redactor.url(form.answer.url);
    throw new UnexpectedResponse(`${shown} shows no login form; check baseUrl, or the site is under maintenance`, {
      ...init,
      // Who waits for hours should not fail for maintenance.
      retryable: true,
    });
  }
  transport.redactor.addFleeting(token);
  const { text, answer } = await op.text({
    url,
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', 'x-csrftoken': token, referer: url.href, origin: url.origin },
    body: {
      form: [
        ['csrfmiddlewaretoken', token],
        ['username', credentials.username],
        ['password', credentials.password],
      ],
    },
    accept: (status) => (status >= 200 && status < 400) || status === 403,
    mapError: ({ status, init }) => (status === 401 ? siteRefused(init) : undefined),
  });
  const init = initOf(op, PATHS.login, answer.status, text);
  const opened = (await cookies.value(transport.baseUrl, 'sessionid')) !== undefined;
  if ((answer.status === 302 || answer.status === 303) && opened) return;
  if (answer.status === 403) {
    const words = isCsrfFailure(text)
      ? 'the SCC refuses the login form (CSRF check); check that baseUrl is the site’s own address'
      : 'this account may not log in (403)';
    throw new Forbidden(words, init);
  }
  if (answer.status === 200 && (await hasLoginForm(text))) {
    throw new WrongCredentials(
      'the SCC refuses the account; check username and password (the site login was accepted)',
      { ...init, layer: 'account' },
    );
  }
  throw new UnexpectedResponse(
    `the login was answered with ${answer.status} and without a session; the site may have changed`,
    init,
  );
}

/**
 * Ends the session on the server: POST with token (Django 5), or GET where that is refused (older).
 *
 * @throws {@link UnexpectedResponse} when the session cookie is still there afterwards.
 */
export async function logOut(op: Operation<LoginContext>, afterEnd = false): Promise<void> {
  const { transport, cookies } = op.context;
  const url = new URL(PATHS.logout, transport.baseUrl);
  const before = await cookies.value(transport.baseUrl, 'sessionid');
  if (before === undefined) return;
  const token = await cookies.value(transport.baseUrl, 'csrftoken');
  const request = { url, redirect: 'manual' as const, accept: (status: number) => status < 500, afterEnd };
  const cleared = async (): Promise<boolean> => (await cookies.value(transport.baseUrl, 'sessionid')) !== before;
  if (token !== undefined) {
    const headers = { accept: 'text/html', 'x-csrftoken': token, referer: url.href, origin: url.origin };
    const posted = await op.text({
      ...request,
      method: 'POST',
      headers,
      body: { form: [['csrfmiddlewaretoken', token]] },
    });
    if (posted.answer.status < 400 && (await cleared())) return;
  }
  const { answer, text } = await op.text({ ...request, headers: { accept: 'text/html' } });
  if (await cleared()) return;
  throw new UnexpectedResponse(
    `the logout was answered with ${answer.status}, and the session is still open`,
    initOf(op, PATHS.logout, answer.status, text),
  );
}

/** No credentials go to another origin: a base URL that redirects, such as http to https, cannot log in. */
function moved(
  { http }: Operation<LoginContext>,
  at: { readonly url: string; readonly init: SdcErrorInit },
): ConfigError | undefined {
  const { origin } = new URL(at.url);
  if (origin === http.baseUrl.origin) return undefined;
  return new ConfigError(`the base URL redirects to ${origin}; set option baseUrl or SCC_BASE_URL to it`, {
    ...at.init,
  });
}

function siteRefused(init: SdcErrorInit): WrongCredentials {
  return new WrongCredentials('the SCC refuses the site login (HTTP Basic); check httpAuthUser and httpAuthPassword', {
    ...init,
    layer: 'site',
  });
}

function initOf(op: Operation<LoginContext>, url: string, status: number, text: string): SdcErrorInit {
  return { ...op.init({ url }), status, bodyExcerpt: safeExcerpt(text, op.redactor) };
}
