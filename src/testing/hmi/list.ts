import { findHolding, type HmiHolding } from './archive.js';
import { HandlerFault, messageWith200, notFound, problem } from './failures.js';
import { GENERATIONS } from './generations.js';
import { shuffled } from './hash.js';
import { KEYWORDS, metaObject } from './keywords.js';
import { oddRow } from './oddities.js';
import { readListQuery, type ListQuery } from './query.js';
import type { HmiSimRecord } from './records.js';
import { replyJson, type HmiContext } from './reply.js';
import { filesOf, firstGenerationRow, pathName, recordRow } from './rows.js';

/** `GET /HMI/{series}?start=&end=[&meta=]`: a bare array. */
export function list(context: HmiContext, asked: string): Response {
  const { settings } = context;
  const query = readListQuery(context);
  if (query instanceof Response) return query;
  const held = findHolding(context.archive, asked, settings.generation, settings.seriesNames === 'strict');
  if (held === undefined) return unknownSeries(context, asked);
  if (query.end < query.start && settings.reversedRange !== 'empty') return reversedRange(context);
  const found = held.records.filter((record) => within(record, query, settings.bounds === 'inclusive'));
  const isByTime = GENERATIONS[settings.generation].files === 'by-time';
  const kept = isByTime && !settings.collidingNames ? onePerSlot(found) : found;
  const ordered = settings.shuffle ? shuffled(kept, (record) => String(record.recnum)) : kept;
  return replyJson(
    context,
    ordered.map((record, place) => oddRow(row(context, held, record, asked, query.meta), settings, place)),
  );
}

function within(record: HmiSimRecord, query: ListQuery, inclusive: boolean): boolean {
  if (record.micros < query.start) return false;
  return inclusive ? record.micros <= query.end : record.micros < query.end;
}

/** The first generation has one file for each slot: its names do not tell HARPs apart. */
function onePerSlot(records: readonly HmiSimRecord[]): HmiSimRecord[] {
  const slots = new Set<number>();
  return records.filter(({ tRecIndex }) => !slots.has(tRecIndex) && slots.add(tRecIndex));
}

function row(
  context: HmiContext,
  held: HmiHolding,
  record: HmiSimRecord,
  asked: string,
  withMeta: boolean,
): Record<string, unknown> {
  const { generation } = context.settings;
  const base = urlBase(context);
  const urls = filesOf(held, record, pathName(held.series, asked, generation), context.settings).map(
    ({ path }) => `${base}/HMI/${path}`,
  );
  if (GENERATIONS[generation].files === 'by-time') return firstGenerationRow(record, urls[0] ?? '');
  return recordRow(record, generation, urls, withMeta ? metaObject(record, KEYWORDS, generation) : undefined);
}

/** The service does not know the prefix under which it is published. */
function urlBase({ sim, settings }: HmiContext): string {
  return settings.urlHost === 'echo' ? sim.origin() : settings.fixedHost;
}

/** What happens for a series that is not held is not known. */
export function unknownSeries(context: HmiContext, series: string): Response {
  const message = `Unknown series '${series}'`;
  switch (context.settings.unknownSeries) {
    case 'not-found':
      return notFound(context);
    case 'empty':
      return replyJson(context, []);
    case 'bad-request':
      return problem(context, 400, message);
    case 'message':
      return messageWith200(context, message);
    case 'error':
      throw new HandlerFault('KeyError', message);
  }
}

function reversedRange(context: HmiContext): Response {
  if (context.settings.reversedRange === 'bad-request') return problem(context, 400, 'end lies before start');
  throw new HandlerFault('ValueError', 'end lies before start');
}
