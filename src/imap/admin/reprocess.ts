import type { Delivery } from '../../core/operation/delivery.js';
import type { CallOptions } from '../../types.js';
import { Arguments } from '../../core/operation/arguments.js';
import { requireText } from '../../core/validate/arguments.js';
import { DATA_LEVELS, INSTRUMENTS } from '../constants.js';
import { needsApiKey } from '../answers.js';
import type { ImapContext } from '../context.js';
import { toDay } from '../names/days.js';
import { requireWord } from '../query/words.js';
import type { ReprocessQuery } from '../types.js';
import { saidOf } from './said.js';

const OPERATION = 'imap.reprocess';

/** `ImapClient.reprocess`: queues a job, and is never repeated once sent. */
export async function reprocess(
  context: ImapContext,
  query: ReprocessQuery,
  options: CallOptions,
  delivery: Delivery,
): Promise<string> {
  const call = {
    operation: OPERATION,
    method: 'POST',
    url: 'reprocess',
    query: [...pairsOf(query), ['reprocessing', 'True'] as const],
    delivery,
    ...options,
  } as const;
  try {
    return saidOf(await context.transport.text(call), context.transport.init(call));
  } catch (error) {
    throw needsApiKey(error, context.settings.access, 'orders to reprocess');
  }
}

function pairsOf(query: ReprocessQuery): (readonly [string, string])[] {
  const { instrument, dataLevel, descriptor } = query;
  if (!query.startDate || !query.endDate) {
    throw new TypeError(`${OPERATION}: Start date and end date are required for a reprocessing event`);
  }
  if (dataLevel !== undefined && (instrument === undefined || descriptor === undefined)) {
    throw new TypeError(`${OPERATION}: If dataLevel is provided, instrument and descriptor are required`);
  }
  if (descriptor !== undefined && instrument === undefined) {
    throw new TypeError(`${OPERATION}: If descriptor is provided, instrument must also be provided`);
  }
  const start = toDay(query.startDate, `${OPERATION}: startDate`);
  const end = toDay(query.endDate, `${OPERATION}: endDate`);
  if (start > end) throw new RangeError(`${OPERATION}: startDate is after endDate`);
  const pairs: (readonly [string, string])[] = [
    ['start_date', start],
    ['end_date', end],
  ];
  if (instrument !== undefined)
    pairs.push([
      'instrument',
      requireWord(new Arguments(OPERATION), instrument, { name: 'instrument', known: INSTRUMENTS }),
    ]);
  if (dataLevel !== undefined)
    pairs.push([
      'data_level',
      requireWord(new Arguments(OPERATION), dataLevel, { name: 'dataLevel', known: DATA_LEVELS }),
    ]);
  if (descriptor !== undefined) pairs.push(['descriptor', requireText(descriptor, 'descriptor', OPERATION)]);
  return pairs;
}
