import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import { safeExcerpt } from '../../core/http/errors.js';
import type { Operation } from '../../core/operation/operation.js';
import { COOKIES } from '../centre.js';
import type { LoginContext } from '../context.js';
import { accountRefused, loginForbidden, movedElsewhere, siteRefused } from '../errors.js';
import { FORM_FIELDS, formToken, hasLoginForm } from '../pages/login-page.js';
import { LOGIN_ROUTE } from '../routes.js';
import { csrfHeaders, csrfToken } from '../site/post-form.js';
import type { SccCredentials } from '../types.js';

/**
 * Logs in: gets the form, sends it, and takes a redirect together with a new session cookie for success, nothing else.
 *
 * Source: SCC accounts login (Django); a failed login is a 200 that shows the form again.
 *
 * @throws {@link WrongCredentials} with `layer: 'site'` when the site login fails, `'account'` when the account's does.
 */
export async function logIn(op: Operation<LoginContext>, credentials: SccCredentials): Promise<void> {
  const { cookies } = op.context;
  const url = new URL(LOGIN_ROUTE, op.http.baseUrl);
  await cookies.forget(url, COOKIES.session);
  const token = await tokenOfForm(op, url);
  op.redactor.addShortLived(token);
  const { text, answer } = await op.text({
    url,
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html', ...csrfHeaders(url, token) },
    body: {
      form: [
        [FORM_FIELDS.token, token],
        [FORM_FIELDS.username, credentials.username],
        [FORM_FIELDS.password, credentials.password],
      ],
    },
    accept: (status) => (status >= 200 && status < 400) || status === 403,
    mapError: ({ status, init }) => (status === 401 ? siteRefused(init) : undefined),
  });
  const { status } = answer;
  const opened = (await cookies.value(op.http.baseUrl, COOKIES.session)) !== undefined;
  if ((status === 302 || status === 303) && opened) return;
  const init = initOf(op, status, text);
  if (status === 403) throw loginForbidden(text, init);
  if (status === 200 && (await hasLoginForm(text))) throw accountRefused(init);
  throw new UnexpectedResponse(
    `the login was answered with ${status} but without a session; the site may have changed`,
    init,
  );
}

async function tokenOfForm(op: Operation<LoginContext>, url: URL): Promise<string> {
  const { text, answer } = await op.text({
    url,
    headers: { accept: 'text/html' },
    mapError: ({ status, url: at, init }) =>
      status === 401 ? (movedElsewhere(op, at, init) ?? siteRefused(init)) : undefined,
  });
  const token = (await csrfToken(op, url)) ?? (await formToken(text));
  if (token !== undefined && (await hasLoginForm(text))) return token;
  const init = initOf(op, answer.status, text);
  const elsewhere = movedElsewhere(op, answer.url, init);
  if (elsewhere !== undefined) throw elsewhere;
  const shown = op.redactor.url(answer.url);
  throw new UnexpectedResponse(`${shown} shows no login form; check baseUrl (or the site may be under maintenance)`, {
    ...init,
    // A wait of hours should not fail for maintenance.
    retryable: true,
  });
}

function initOf(op: Operation<LoginContext>, status: number, text: string): SdcErrorInit {
  return { ...op.init({ url: LOGIN_ROUTE }), status, bodyExcerpt: safeExcerpt(text, op.redactor) };
}
