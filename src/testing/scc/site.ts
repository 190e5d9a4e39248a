import { escapeHtml, page, textResponse } from '../kit/html.js';
import { illFormedResponse } from '../kit/ill-formed.js';
import type { SimContext } from '../kit/types.js';
import { adminLogin, login, loginInPlace, logout } from './accounts.js';
import { constantsAdmin } from './admin/constants.js';
import { deletePage, unknownObject } from './admin/delete.js';
import { adminPage } from './admin/frame.js';
import { measurementsAdmin } from './admin/measurements.js';
import { api } from './api/api.js';
import { download } from './front/downloads.js';
import { measurementPage, rerunLink, searchList } from './front/pages.js';
import { upload } from './front/upload.js';
import { forbidden, notFound } from './stock-pages.js';
import { Visit } from './visit.js';
import type { SccWorld } from './world.js';

/** The whole site: Basic first, then the path. */
export async function serveSite(world: SccWorld, context: SimContext): Promise<Response> {
  if (!basicPasses(world, context.request)) return basicChallenge();
  const visit = new Visit(world, context);
  const response = await route(visit);
  // Before the cookies: they are several headers of one name.
  return visit.finish(world.options.pages === 'ill-formed' ? await illFormedResponse(response) : response);
}

async function route(visit: Visit): Promise<Response> {
  const { path, context } = visit;
  if (!path.endsWith('/')) return visit.redirect(`${context.url.pathname}/${context.url.search}`, 301);
  const [face = '', ...rest] = path.split('/').slice(1, -1).map(decoded);
  const below = rest.join('/');
  if (path === '/') return visit.html(page('Single Calculus Chain', '<h1>Single Calculus Chain</h1>'));
  if (face === 'accounts' && below === 'login') return login(visit);
  if (face === 'accounts' && below === 'logout') return logout(visit);
  if (face === 'api' && rest[0] === 'v1') return api(visit, path.slice('/api/v1/'.length));
  if (face === 'admin') return admin(visit, rest);
  if (face === 'data_processing') return front(visit, rest);
  return notFound(visit);
}

async function admin(visit: Visit, parts: readonly string[]): Promise<Response> {
  const { world } = visit;
  const below = parts.join('/');
  if (below === 'login' && world.options.adminLogin !== 'accounts') return adminLogin(visit);
  if (below === 'logout') return logout(visit);
  if (visit.session === undefined || !world.permissions.staff) {
    const place = world.options.adminLogin === 'accounts' ? 'accounts/login/' : 'admin/login/';
    const next = new URLSearchParams({ next: visit.context.url.pathname + visit.context.url.search });
    return visit.redirect(`${visit.href(place)}?${next.toString().replaceAll('%2F', '/')}`);
  }
  if (below === '') return visit.html(adminPage(visit, 'grp-index', 'Site administration', '<p>database</p>'));
  const [app, model, id, view] = parts;
  if (app !== 'database') return notFound(visit);
  if (model === 'lidarconstant' && id === undefined) return constantsAdmin(visit);
  if (model !== 'measurements') return notFound(visit);
  if (id === undefined) return measurementsAdmin(visit);
  if (view === 'delete') return deletePage(visit, id);
  return view === 'change' ? changePage(visit, id) : notFound(visit);
}

function changePage(visit: Visit, id: string): Response {
  const measurement = visit.world.find(id);
  if (measurement === undefined) return unknownObject(visit, id);
  if (!visit.world.permissions.viewMeasurements) return forbidden(visit);
  const form = `<form action="" method="post" id="measurements_form" novalidate><input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}">
<input type="text" name="id" value="${escapeHtml(id)}"><input type="number" name="system" value="${measurement.system}"></form>`;
  return visit.html(adminPage(visit, 'grp-change-form', 'Change measurement', form));
}

async function front(visit: Visit, parts: readonly string[]): Promise<Response> {
  if (visit.session === undefined) return anonymous(visit, parts);
  return frontPage(visit, parts);
}

async function anonymous(visit: Visit, parts: readonly string[]): Promise<Response> {
  if (visit.world.options.frontLogin === 'in-place') return loginInPlace(visit, () => frontPage(visit, parts));
  const next = encodeURIComponent(visit.context.url.pathname + visit.context.url.search).replaceAll('%2F', '/');
  return visit.redirect(`${visit.href('accounts/login/')}?next=${next}`);
}

async function frontPage(visit: Visit, parts: readonly string[]): Promise<Response> {
  const [collection, id, view] = parts;
  if (collection === undefined) return visit.html(page('Data processing', '<h1>Data processing</h1>'));
  if (collection !== 'measurements' || parts.length > 3) return notFound(visit);
  if (id === undefined) return searchList(visit);
  if (id === 'quick' && view === undefined) return upload(visit);
  if (view === undefined) return measurementPage(visit, id);
  if (view.startsWith('download-')) return download(visit, id, view.slice('download-'.length));
  if (view === 'rerun-all') return rerunLink(visit, id, 'all');
  if (view === 'rerun-elpp') return rerunLink(visit, id, 'elpp');
  return view === 'rerun-elda' ? rerunLink(visit, id, 'optical') : notFound(visit);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function basicPasses(world: SccWorld, request: Request): boolean {
  if (world.options.basicAuth === false) return true;
  const { httpAuthUser, httpAuthPassword } = world.credentials;
  const expected = Buffer.from(`${httpAuthUser}:${httpAuthPassword}`, 'utf8').toString('base64');
  return request.headers.get('authorization') === `Basic ${expected}`;
}

function basicChallenge(): Response {
  return textResponse(
    page('401 Authorization Required', '<h1>401 Authorization Required</h1>'),
    'text/html; charset=utf-8',
    401,
    { 'www-authenticate': 'Basic realm="Single Calculus Chain"' },
  );
}
