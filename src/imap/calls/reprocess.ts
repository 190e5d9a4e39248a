import type { Delivery } from '../../core/operation/delivery.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { DATA_LEVELS, INSTRUMENTS } from '../centre.js';
import { needsApiKey } from '../errors.js';
import type { ImapOperation } from '../context.js';
import { toDay } from '../names/days.js';
import { requireWord } from '../query/words.js';
import { REPROCESS } from '../routes.js';
import type { ReprocessQuery } from '../types.js';
import { sendOrder } from '../orders/send-order.js';

/** `ImapClient.reprocess`: queues a job, and is never repeated once sent. */
export async function reprocess(op: ImapOperation, query: ReprocessQuery): Promise<string> {
  return op.changing((delivery) => sendReprocess(op, query, delivery));
}

async function sendReprocess(op: ImapOperation, query: ReprocessQuery, delivery: Delivery): Promise<string> {
  const pairs = pairsOf(op.arguments, query);
  try {
    return await sendOrder(op, {
      method: 'POST',
      url: REPROCESS,
      query: [...pairs, ['reprocessing', 'True']],
      delivery,
    });
  } catch (error) {
    throw needsApiKey(error, op.context.settings.access, 'orders to reprocess');
  }
}

function pairsOf(args: Arguments, query: ReprocessQuery): (readonly [string, string])[] {
  const { instrument, dataLevel, descriptor } = query;
  if (!query.startDate || !query.endDate) {
    throw args.invalid('Start date and end date are required for a reprocessing event');
  }
  if (dataLevel !== undefined && (instrument === undefined || descriptor === undefined)) {
    throw args.invalid('If dataLevel is provided, instrument and descriptor are required');
  }
  if (descriptor !== undefined && instrument === undefined) {
    throw args.invalid('If descriptor is provided, instrument must also be provided');
  }
  const start = toDay(query.startDate, args.label('startDate'));
  const end = toDay(query.endDate, args.label('endDate'));
  if (start > end) throw args.outOfRange('startDate is after endDate');
  const pairs: (readonly [string, string])[] = [
    ['start_date', start],
    ['end_date', end],
  ];
  if (instrument !== undefined)
    pairs.push(['instrument', requireWord(args, instrument, { name: 'instrument', known: INSTRUMENTS })]);
  if (dataLevel !== undefined)
    pairs.push(['data_level', requireWord(args, dataLevel, { name: 'dataLevel', known: DATA_LEVELS })]);
  if (descriptor !== undefined) pairs.push(['descriptor', args.text(descriptor, 'descriptor')]);
  return pairs;
}
