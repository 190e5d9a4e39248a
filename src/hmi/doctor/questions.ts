import type { DoctorAnswer } from '../../core/doctor/answer.js';
import { requireForPoint, saw, type Finding } from '../../core/doctor/finding.js';
import type { Visit } from '../../core/doctor/visit.js';
import type { HmiContext } from '../context.js';
import { LINK_COLUMNS } from '../decode/generations.js';
import { resolveLink, withinLinks } from '../links/resolve-link.js';
import { keywordsRoute, recordsRoute } from '../routes.js';
import { isRecord } from '../../core/util/records.js';

type HmiVisit = Visit<HmiContext>;
type Row = Record<string, unknown>;

/** An hour of the published examples, and a year before the mission. */
export const HOUR = { start: '2015-12-11T23:00:00Z', end: '2015-12-12T00:00:00Z' };
export const BEFORE = { start: '1995-01-01T00:00:00Z', end: '1995-01-01T01:00:00Z' };
/** The series of the examples, by its full name and by that of the first generations. */
const SERIES = ['hmi.sharp_720s', 'sharp_720s'] as const;
const FITS_BLOCK = 2880;

export const ask = (
  visit: HmiVisit,
  name: string,
  url: string,
  query?: Record<string, string>,
): Promise<DoctorAnswer> =>
  visit.ask(name, withinLinks(visit.op, { url, query, headers: { accept: 'application/json' } }));

interface Listing {
  readonly series: string;
  readonly answer: DoctorAnswer;
}

/** The list of the hour, of the first series that has records. */
export async function listing(visit: HmiVisit): Promise<Listing> {
  const [full, short] = SERIES;
  const answer = await ask(visit, 'list', recordsRoute(full), HOUR);
  if (answer.status === 200 && answer.text.includes('{')) return { series: full, answer };
  const second = await ask(visit, 'list-short-name', recordsRoute(short), HOUR);
  return second.status === 200 ? { series: short, answer: second } : { series: full, answer };
}

async function rows(visit: HmiVisit): Promise<Row[]> {
  const value = (await listing(visit)).answer.okJson();
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export async function firstRow(visit: HmiVisit): Promise<Row> {
  return requireForPoint((await rows(visit))[0], 'the list of 2015-12-11 23:00 is empty');
}

const linksOf = (row: Row): string[] =>
  LINK_COLUMNS.flatMap(({ column }) => row[column]).filter((link) => typeof link === 'string');

export async function firstLink(visit: HmiVisit): Promise<string> {
  return requireForPoint((await rows(visit)).flatMap(linksOf)[0], 'no record has a link');
}

/** The first block of a file: as much as shows that it is FITS. */
export async function file(visit: HmiVisit): Promise<DoctorAnswer> {
  const resolved = resolveLink(await firstLink(visit), visit.op.context.links);
  const url = requireForPoint('url' in resolved ? resolved.url : undefined, 'the link is not followed');
  const headers = { range: `bytes=0-${FITS_BLOCK - 1}` };
  return visit.ask('file', { request: withinLinks(visit.op, { url, headers, bulk: true }), maxBytes: FITS_BLOCK });
}

export async function okFile(visit: HmiVisit): Promise<DoctorAnswer> {
  return (await file(visit)).requireStatus(200, 206);
}

interface Keywords {
  readonly recnums: number[];
  readonly answer: DoctorAnswer;
}

export async function keywords(visit: HmiVisit, count: number): Promise<Keywords> {
  const numbers = (await rows(visit)).flatMap(({ recnum }) => (typeof recnum === 'number' ? [recnum] : []));
  const recnums = [...new Set(numbers)].slice(0, count);
  requireForPoint(recnums[count - 1], 'the list has too few record numbers');
  const route = keywordsRoute((await listing(visit)).series, recnums);
  return { recnums, answer: await ask(visit, `keywords-of-${count}`, route, { fields: 'area,cmask' }) };
}

export async function ownKeywords(visit: HmiVisit): Promise<Keywords> {
  const found = await keywords(visit, 1);
  return requireForPoint(found.answer.status === 404 ? undefined : found, 'no keywords on their own there (404)');
}

export function sawKeys({ recnums, answer }: Keywords): Finding {
  const value = answer.okJson();
  if (!isRecord(value)) return saw('not an object', false);
  const records = recnums.flatMap((recnum) => value[recnum]).filter(isRecord);
  if (records.some(({ meta }) => !isRecord(meta))) return saw('no meta', false);
  return saw(`${records.length} of ${recnums.length} record numbers are keys`, records.length === recnums.length);
}
