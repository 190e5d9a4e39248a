import { illFormedResponse } from '../../kit/ill-formed.js';
import type { SimContext } from '../../kit/types.js';
import { PythonError } from '../python/error.js';
import type { World } from '../world/world.js';
import { faultPage } from './answers.js';
import { HttpFault } from './fault.js';
import { readForm } from './form.js';
import { refuse } from './login.js';
import { ROUTES, type Route } from './routes.js';

const MAX_PARTS = 1000;
const MAX_TEXT = 500_000;

/** Answers a request the way the Flask application does, with the date of the simulator's clock. */
export async function answer(world: World, context: SimContext): Promise<Response> {
  const served = await dispatch(world, context);
  const response = world.settings.illFormed ? await illFormedResponse(served) : served;
  response.headers.set('date', new Date(world.now).toUTCString());
  return response;
}

async function dispatch(world: World, context: SimContext): Promise<Response> {
  const path = decode(context.path);
  const { method } = context.request;
  const fitting = path === undefined ? [] : ROUTES.filter((route) => route.pattern.test(path));
  if (path === undefined || fitting.length === 0) return faultPage(404);
  if (method === 'OPTIONS') return new Response(null, { status: 200, headers: { allow: allowed(fitting) } });
  const route = fitting.find(({ methods }) => methods.some((one) => one === (method === 'HEAD' ? 'GET' : method)));
  if (route === undefined) return faultPage(405, { allow: allowed(fitting) });
  const response = await guarded(world, context, route, route.pattern.exec(path)?.slice(1) ?? []);
  if (method !== 'HEAD') return response;
  void response.body?.cancel();
  return new Response(null, { status: response.status, headers: response.headers });
}

/** Exceptions of the application become pages. */
async function guarded(world: World, context: SimContext, route: Route, args: string[]): Promise<Response> {
  try {
    return await serve(world, context, route, args);
  } catch (error) {
    if (error instanceof HttpFault) return faultPage(error.status);
    if (error instanceof PythonError) return faultPage(500);
    throw error;
  }
}

async function serve(world: World, context: SimContext, route: Route, args: string[]): Promise<Response> {
  const { request, url } = context;
  const form = await readForm(request);
  const tooLarge = form.parts > MAX_PARTS || form.textBytes > MAX_TEXT;
  if (world.settings.host.formLimits && tooLarge) throw new HttpFault(413);
  const project = url.searchParams.get('project') ?? form.fields.get('project');
  if (route.login) {
    if (project === undefined) throw new HttpFault(400);
    const refused = refuse(world, request, project);
    if (refused !== undefined) return refused;
  }
  const query = url.searchParams;
  return route.view({ world, request, query, origin: context.origin(), args, form, project: project ?? '' });
}

function allowed(routes: readonly Route[]): string {
  const methods = routes.flatMap((route) => [...route.methods]);
  return [...new Set([...methods.reverse(), ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])].join(', ');
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
