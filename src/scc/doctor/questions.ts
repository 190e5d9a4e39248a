import type { DoctorAnswer } from '../../core/doctor/answer.js';
import { PointEnded, notAsked, requireForPoint, saw, type Finding } from '../../core/doctor/finding.js';
import type { Visit } from '../../core/doctor/visit.js';
import type { SccContext } from '../context.js';
import { readChangelist, type Changelist, type ChangelistRow } from '../pages/changelist.js';
import { hasLoginForm, isLoginAddress } from '../pages/login-page.js';
import * as routes from '../routes.js';

type SccVisit = Visit<SccContext>;
type Query = Readonly<Record<string, string>>;

/** An id that no measurement has: before the first lidar, by a station that there is not. */
export const NO_MEASUREMENT = '19000101zzz00';
const HTML = { accept: 'text/html,*/*;q=0.8' };
const JSON_TYPE = { accept: 'application/json' };

/** One page as it is answered, redirects not followed. */
function page(visit: SccVisit, name: string, url: string, query: Query = {}): Promise<DoctorAnswer> {
  return visit.ask(name, { url, query, redirect: 'manual', headers: HTML });
}

/** Before the login: what the site shows to those without a session. */
export function asStranger(visit: SccVisit, name: string, url: string): Promise<DoctorAnswer> {
  if (visit.op.context.session.isOpen) throw new PointEnded(notAsked('the client is logged in already'));
  return page(visit, name, url);
}

/** Logs in, if that was not tried before. */
export async function logIn(visit: SccVisit): Promise<void> {
  await visit.once('login', () => visit.op.context.session.ensure(visit.op));
}

export async function inside(visit: SccVisit, name: string, url: string, query?: Query): Promise<DoctorAnswer> {
  await logIn(visit);
  const answer = await page(visit, name, url, query);
  if (answer.status === 403) throw new PointEnded(notAsked('the account may not see it (403)'));
  return answer;
}

export async function api(visit: SccVisit, name: string, url: string, query: Query = {}): Promise<DoctorAnswer> {
  await logIn(visit);
  return visit.ask(name, { url, query, redirect: 'manual', headers: JSON_TYPE });
}

export async function changelist(visit: SccVisit): Promise<Changelist> {
  const answer = (await inside(visit, 'list', routes.MEASUREMENTS_ADMIN_ROUTE)).requireStatus(200);
  return readChangelist(answer.text, answer.url, visit.op.initAt(answer));
}

export async function firstRow(visit: SccVisit): Promise<ChangelistRow> {
  return requireForPoint((await changelist(visit)).rows[0], 'the list shows no measurement');
}

type ApiRecord = Readonly<Record<string, unknown>>;
export const isRecord = (value: unknown): value is ApiRecord => typeof value === 'object' && value !== null;

/** The newest measurement, by the API. */
export async function measurement(visit: SccVisit): Promise<ApiRecord> {
  const list = (await api(visit, 'api-list', routes.API_MEASUREMENTS_ROUTE, { limit: '1' })).okJson();
  const objects: unknown = isRecord(list) ? list.objects : undefined;
  const first: unknown = Array.isArray(objects) ? objects[0] : undefined;
  const id = requireForPoint(isRecord(first) && typeof first.id === 'string' ? first.id : undefined, 'no measurement');
  const value = (await api(visit, 'api-measurement', routes.apiMeasurementRoute(id))).okJson();
  return requireForPoint(isRecord(value) ? value : undefined, 'no measurement');
}

export async function idOf(visit: SccVisit): Promise<string> {
  return String((await measurement(visit)).id);
}

export function location({ headers, url }: DoctorAnswer): string | undefined {
  const target = headers.get('location');
  return target === null || !URL.canParse(target, url) ? undefined : new URL(target, url).href;
}

/** Where an answer without a session leads, in words. */
export async function sawLogin(answer: DoctorAnswer): Promise<Finding> {
  const target = location(answer);
  if (target !== undefined)
    return saw(`${answer.status} to ${new URL(target).pathname}`, answer.status < 400 && isLoginAddress(target));
  if (answer.status === 401) return saw('401', true);
  return saw(answer.words, answer.status === 200 && (await hasLoginForm(answer.text)));
}
