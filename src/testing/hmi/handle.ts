import { HandlerFault, notFound, problem, serverError } from './failures.js';
import { file } from './files.js';
import { list } from './list.js';
import { meta } from './meta.js';
import { swagger, ui, uiRedirect } from './pages.js';
import { finish, type HmiContext } from './reply.js';
import { routeOf, type HmiRoute } from './routes.js';

const ALLOW = 'HEAD, OPTIONS, GET';

/** Answers one request; a handler that fails answers 500. */
export function answer(context: HmiContext): Response {
  const route = routeOf(context.sim.path, context.settings);
  try {
    return finish(context, dispatch(context, route));
  } catch (error) {
    if (!(error instanceof HandlerFault)) throw error;
    return finish(context, serverError(context, error));
  }
}

function dispatch(context: HmiContext, route: HmiRoute | undefined): Response {
  if (route === undefined) return notFound(context);
  switch (context.sim.request.method) {
    case 'GET':
    case 'HEAD':
      return get(context, route);
    case 'OPTIONS':
      return options(context.sim.request);
    default: {
      const refused = problem(context, 405, 'The method is not allowed for the requested URL.');
      refused.headers.set('allow', ALLOW);
      return refused;
    }
  }
}

function get(context: HmiContext, route: HmiRoute): Response {
  switch (route.kind) {
    case 'list':
      return list(context, route.series);
    case 'file':
      return file(context, route);
    case 'meta':
      return meta(context, route.series, route.recnums);
    case 'ui':
      return ui(context);
    case 'ui-redirect':
      return uiRedirect(context);
    case 'swagger':
      return swagger(context);
  }
}

/** Flask's own answer; a preflight gets the headers of Flask-Cors. */
function options(request: Request): Response {
  const headers = new Headers({ allow: ALLOW, 'content-type': 'text/html; charset=utf-8', 'content-length': '0' });
  if (request.headers.has('access-control-request-method')) {
    headers.set('access-control-allow-methods', 'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT');
    const asked = request.headers.get('access-control-request-headers');
    if (asked !== null) headers.set('access-control-allow-headers', asked);
  }
  return new Response(null, { status: 200, headers });
}
