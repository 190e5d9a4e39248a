import { escapeHtml, page } from '../kit/html.js';
import { refuseForgery } from './csrf.js';
import { notAllowed } from './stock-pages.js';
import type { Visit } from './visit.js';

/** `accounts/login/` (scc.md, 2.2 and 17.1). */
export async function login(visit: Visit): Promise<Response> {
  const action = visit.href('accounts/login/');
  if (visit.method !== 'POST') return loginPage(visit, action, visit.query.get('next') ?? landing(visit));
  return (await refuseForgery(visit)) ?? (await checkLogin(visit, action));
}

/** The login form in place of a front-end page: its POST goes to the page itself and leads back there. */
export async function loginInPlace(visit: Visit, onSuccess: () => Promise<Response>): Promise<Response> {
  const here = visit.context.url.pathname;
  if (visit.method !== 'POST') return loginPage(visit, here, here);
  const refused = await refuseForgery(visit);
  if (refused !== undefined) return refused;
  if (!(await accepted(visit))) return loginPage(visit, here, here, true);
  visit.logIn();
  return onSuccess();
}

/** The grappelli login of the admin (17.2, second part). */
export async function adminLogin(visit: Visit): Promise<Response> {
  const next = visit.query.get('next') ?? visit.href('admin/');
  if (visit.method !== 'POST') return adminLoginPage(visit, next, false);
  const refused = await refuseForgery(visit);
  if (refused !== undefined) return refused;
  if (!(await accepted(visit))) return adminLoginPage(visit, next, true);
  visit.logIn();
  return visit.redirect(await nextOf(visit, next));
}

/** `accounts/logout/` (13): GET works up to Django 4 only. */
export async function logout(visit: Visit): Promise<Response> {
  const { getLogout } = visit.world.profile;
  if (visit.method === 'GET' && !getLogout) return notAllowed(visit, 'POST, OPTIONS');
  if (visit.method === 'POST') {
    const refused = await refuseForgery(visit);
    if (refused !== undefined) return refused;
  }
  visit.logOut();
  if (!getLogout) return visit.redirect(visit.href('accounts/login/'));
  return visit.html(
    page('Logged out', '<h1>Logged out</h1>\n<p>Thanks for spending some quality time with the site today.</p>'),
  );
}

async function checkLogin(visit: Visit, action: string): Promise<Response> {
  const fallback = landing(visit);
  if (!(await accepted(visit))) return loginPage(visit, action, await nextOf(visit, fallback), true);
  visit.logIn();
  return visit.redirect(await nextOf(visit, visit.query.get('next') ?? fallback));
}

async function accepted(visit: Visit): Promise<boolean> {
  const fields = await visit.fields();
  const { username, password } = visit.world.credentials;
  return fields.text('username') === username && fields.text('password') === password;
}

async function nextOf(visit: Visit, fallback: string): Promise<string> {
  const next = (await visit.fields()).text('next');
  // Only paths of this site: anything else would be an open redirect.
  return next !== undefined && /^\/(?!\/)/.test(next) ? next : fallback;
}

function landing(visit: Visit): string {
  return visit.world.options.landing ?? visit.href('/');
}

function loginPage(visit: Visit, action: string, next: string, failed = false): Response {
  const text = visit.world.options.loginError ?? 'Wrong username or password';
  const alert = failed ? `<div class="alert-box alert"><p>${escapeHtml(text)}</p></div>\n` : '';
  const form = `<form method="post" action="${escapeHtml(action)}">
  <input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}">
  <input type="text" name="username" id="id_username">
  <input type="password" name="password" id="id_password">
  <input type="hidden" name="next" value="${escapeHtml(next)}">
  <input type="submit" value="Login">
</form>`;
  return visit.html(page('Login', alert + form));
}

function adminLoginPage(visit: Visit, next: string, failed: boolean): Response {
  const note = failed
    ? '\n      <div class="grp-row grp-error-row"><p class="errornote">Please enter the correct username and password for a staff account. Note that both fields may be case-sensitive.</p></div>'
    : '';
  const form = `<form action="${escapeHtml(visit.context.url.pathname)}" method="post" novalidate>
  <input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}">
  <fieldset class="grp-module grp-module-login"><h1>Single Calculus Chain</h1>
    <div class="module grp-module">${note}
      <div class="form-row grp-row"><label for="id_username" class="required">Username:</label>
        <input type="text" name="username" id="id_username"></div>
      <div class="form-row grp-row grp-connected"><input type="password" name="password" id="id_password">
        <input type="hidden" name="next" value="${escapeHtml(next)}"></div>
    </div></fieldset>
  <div class="grp-module grp-submit-row"><ul><li><input type="submit" class="grp-button grp-default" value="Login"></li></ul></div>
</form>`;
  return visit.html(page('Log in', form));
}
