import { RejectedError, UnexpectedResponse } from '../../errors.js';
import type { DateLike } from '../../types.js';
import type { SccOperation } from '../context.js';
import { listMeasurements } from './list-measurements.js';
import { requireStation } from '../names/ids.js';

/**
 * The first measurement id of a day that is not taken: day, call sign and a number of two digits.
 *
 * All ids of the day are read, to the last page of the API: the server's page is smaller than a day may be.
 */
export async function nextMeasurementId(op: SccOperation, date: DateLike, callSign: string): Promise<string> {
  const day = op.arguments.date(date, 'date').toISOString().slice(0, 10).replaceAll('-', '');
  const prefix = `${day}${requireStation(op.arguments, callSign)}`;
  const refuse = (error: unknown): never => {
    const words = error instanceof Error ? ` (${error.message})` : '';
    throw new UnexpectedResponse(`an id of that day could not be read, so no new id is safe${words}`, op.init());
  };
  const taken = new Set<string>();
  const found = listMeasurements(op, { idStartsWith: prefix }, refuse);
  for await (const { id } of found) taken.add(id);
  for (let number = 0; number < 100; number += 1) {
    const id = `${prefix}${String(number).padStart(2, '0')}`;
    if (!taken.has(id)) return id;
  }
  throw new RejectedError(
    `all hundred numbers of ${prefix} are taken; choose an id with the time, such as ${prefix}0930`,
    op.init(),
  );
}
