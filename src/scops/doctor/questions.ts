import type { DoctorAnswer } from '../../core/doctor/answer.js';
import { requireForPoint } from '../../core/doctor/finding.js';
import type { Visit } from '../../core/doctor/visit.js';
import { parsePage } from '../../core/html/page.js';
import type { ScopsContext } from '../context.js';
import { headingOf, type ReadPage } from '../pages/read-page.js';
import { productArchive, products, projectArchive, requestPage, type Route } from '../routes.js';
import type { FlightDay } from '../types.js';

type ScopsVisit = Visit<ScopsContext>;

/** A day long before the first flight. */
const NO_FLIGHT: FlightDay = { year: 1970, day: 1 };

/** Redirects are looked at, not followed. Nothing is confirmed or sent: SCOPS makes a file for any name that is confirmed. */
function ask(visit: ScopsVisit, name: string, route: Route, anonymous = false): Promise<DoctorAnswer> {
  return visit.ask(name, { ...route, anonymous, redirect: 'manual' });
}

/** An order that there never was. */
const noOrder = ({ op }: ScopsVisit): string => `${op.context.project}_1970_00119700101000000`;

export const questions = {
  withoutLogin: (visit: ScopsVisit) => ask(visit, 'without-login', requestPage(visit.op, NO_FLIGHT), true),
  withoutProject: (visit: ScopsVisit) =>
    ask(visit, 'without-project', { url: 'jobrequest', query: { day: NO_FLIGHT.day, year: NO_FLIGHT.year } }),
  unknownFlight: (visit: ScopsVisit) => ask(visit, 'unknown-flight', requestPage(visit.op, NO_FLIGHT)),
  success: (visit: ScopsVisit) => ask(visit, 'success', { url: 'success', query: {} }, true),
  flights: (visit: ScopsVisit) => ask(visit, 'flights', { url: 'kmlpage', query: {} }, true),
  unknownRoute: (visit: ScopsVisit) => ask(visit, 'unknown-route', { url: 'sdc-doctor', query: {} }),
  unknownStatus: (visit: ScopsVisit) => ask(visit, 'unknown-status', products(visit.op, noOrder(visit))),
  unknownArchive: (visit: ScopsVisit) => ask(visit, 'unknown-archive', projectArchive(visit.op, noOrder(visit))),
  unknownProduct: (visit: ScopsVisit) =>
    ask(visit, 'unknown-product', productArchive(visit.op, noOrder(visit), 'f00101')),
};

/** A flight of the client's project that the page for demonstrations links. */
async function ownFlight(visit: ScopsVisit): Promise<FlightDay> {
  const { text, url } = (await questions.flights(visit)).requireStatus(200);
  const links = (await parsePage(text)).all('a').map((link) => link.attr('href') ?? '');
  const flights = links.flatMap((link): FlightDay[] => {
    const query = URL.canParse(link, url) ? new URL(link, url).searchParams : new URLSearchParams();
    const [year, day] = [Number(query.get('year')), Number(query.get('day'))];
    if (query.get('project') !== visit.op.context.project || !(year > 0) || !(day > 0)) return [];
    const sortie = query.get('sortie');
    return [sortie === null ? { year, day } : { year, day, sortie }];
  });
  return requireForPoint(flights[0], 'no flight of the project is linked');
}

/** The request form of that flight. */
export async function requestForm(visit: ScopsVisit): Promise<ReadPage> {
  const answer = await ask(visit, 'request-form', requestPage(visit.op, await ownFlight(visit)));
  requireForPoint(answer.status === 404 ? undefined : answer, 'the linked flight is not there (404)');
  const { text } = answer.requireStatus(200);
  return { page: await parsePage(text), init: visit.op.initAt(answer), what: 'the request page' };
}

/** The heading of an answer. */
export async function heading({ text }: DoctorAnswer): Promise<string> {
  return headingOf(await parsePage(text));
}
