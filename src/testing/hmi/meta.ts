import { findHolding } from './archive.js';
import { HandlerFault, messageWith200, notFound, problem } from './failures.js';
import { KEYWORDS, keywordValue, metaObject } from './keywords.js';
import { unknownSeries } from './list.js';
import { oddRow } from './oddities.js';
import { replyJson, type HmiContext } from './reply.js';
import { recordRow } from './rows.js';

/** `GET /HMI/{series}/meta/{recnum}?fields=`: an object keyed by record number; unknown numbers are left out. */
export function meta(context: HmiContext, series: string, text: string): Response {
  const { settings } = context;
  const { generation } = settings;
  const numbers = text.split(',');
  if (!numbers.every((number) => /^\d+$/.test(number))) return notFound(context);
  if (settings.metaRoute === 'single' && numbers.length > 1) return notFound(context);
  if (numbers.length > settings.metaMaxRecnums) {
    return problem(context, 400, `At most ${String(settings.metaMaxRecnums)} record numbers in one request`);
  }
  const held = findHolding(context.archive, series, generation, settings.seriesNames === 'strict');
  if (held === undefined) {
    return settings.unknownSeries === 'empty' ? replyJson(context, {}) : unknownSeries(context, series);
  }
  const asked = context.sim.url.searchParams.get('fields') ?? '';
  const fields = asked === '' ? KEYWORDS : asked.split(',').map((field) => field.trim());
  const records = numbers.flatMap((number) => held.byRecnum.get(Number(number)) ?? []);
  const strange = fields.find((field) =>
    records.some((record) => keywordValue(record, field, generation) === undefined),
  );
  if (strange !== undefined && settings.unknownKeyword === 'error') {
    throw new HandlerFault('KeyError', `Unknown keyword '${strange}'`);
  }
  if (records.length === 0 && settings.missingFile === 'message') return messageWith200(context, 'No such record');
  const rows = records.map((record) => {
    const row = recordRow(record, generation, [], metaObject(record, fields, generation));
    return [String(record.recnum), oddRow(row, settings)] as const;
  });
  return replyJson(context, Object.fromEntries(rows));
}
