import type { PointSpec } from '../../core/doctor/examine.js';
import { saw, sawAll } from '../../core/doctor/finding.js';
import { parsePage } from '../../core/html/page.js';
import { COOKIES } from '../centre.js';
import type { SccContext } from '../context.js';
import { FORM_FIELDS } from '../pages/login-page.js';
import * as routes from '../routes.js';
import { asStranger, logIn, sawLogin } from './questions.js';

/** What the site shows before and at its login. */
export const LOGIN_POINTS: readonly PointSpec<SccContext>[] = [
  {
    id: 'site-login',
    what: 'The site without its login',
    known: '401 with WWW-Authenticate: Basic',
    look: async (visit) => {
      const answer = await visit.ask('site-login', { url: routes.LOGIN_ROUTE, anonymous: true, redirect: 'manual' });
      const scheme = answer.header('www-authenticate')?.split(' ', 1)[0];
      return saw(
        `${answer.status} ${scheme ?? 'without WWW-Authenticate'}`,
        answer.status === 401 && scheme === 'Basic',
      );
    },
  },
  {
    id: 'login.form',
    what: 'The login form',
    known: `200, the fields ${Object.values(FORM_FIELDS).join(', ')}`,
    look: async (visit) => {
      const { text } = (await asStranger(visit, 'login-form', routes.LOGIN_ROUTE)).requireStatus(200);
      const form = await parsePage(text);
      return sawAll(Object.values(FORM_FIELDS), (name) => form.first(`input[name=${name}]`) !== undefined);
    },
  },
  {
    id: 'login.cookie',
    what: 'The token of the login form',
    known: `in the cookie ${COOKIES.csrf}`,
    look: async (visit) => {
      const names = (await asStranger(visit, 'login-form', routes.LOGIN_ROUTE)).headers
        .getSetCookie()
        .map((cookie) => cookie.split('=', 1)[0] ?? '');
      return saw(names.join(', ') || 'no cookie', names.includes(COOKIES.csrf));
    },
  },
  {
    id: 'stranger.admin',
    what: 'The list of measurements without a session',
    known: 'a redirect to a login',
    look: async (visit) => sawLogin(await asStranger(visit, 'stranger-admin', routes.MEASUREMENTS_ADMIN_ROUTE)),
  },
  {
    id: 'stranger.site',
    what: 'The upload page without a session',
    known: 'a redirect to a login, or the login form in its place',
    look: async (visit) => sawLogin(await asStranger(visit, 'stranger-site', routes.UPLOAD_ROUTE)),
  },
  {
    id: 'stranger.api',
    what: 'The API without a session',
    known: '401, or a redirect to a login',
    look: async (visit) => sawLogin(await asStranger(visit, 'stranger-api', routes.API_MEASUREMENTS_ROUTE)),
  },
  {
    id: 'login',
    what: 'Logging in',
    known: `a redirect with the cookie ${COOKIES.session}`,
    look: async (visit) => {
      await logIn(visit);
      return saw('a session', true);
    },
  },
];
