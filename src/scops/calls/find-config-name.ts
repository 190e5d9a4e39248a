import { sleep } from '../../core/util/time.js';
import { JobNotFound, UnexpectedResponse } from '../../errors.js';
import { msToStamp, zoneOffsetMs, zonesToTry } from '../clock/stamp.js';
import type { ScopsOperation } from '../context.js';
import { flightDayOf } from '../order/flight-day.js';
import { sourceOf } from '../pages/band-math-page.js';
import { fetchPage } from '../pages/read-page.js';
import { orderPage } from '../routes.js';
import type { FindConfigNameOptions, LostOrder } from '../types.js';

const PAUSE_MS = 500;

/**
 * Searches for the config name of an order whose answer did not contain it, near the server's time of that answer (protocol
 * notes 8.1). Asks the band-maths page, never `/confirm`, which would create files.
 */
export async function findConfigName(
  op: ScopsOperation,
  order: LostOrder,
  { withinSeconds = 2 }: FindConfigNameOptions,
): Promise<string> {
  const { project, serverTimeZone } = op.context;
  const { year, day } = flightDayOf(op.arguments, order);
  const submittedAt = op.arguments.date(order.submittedAt, 'submittedAt');
  const found: string[] = [];
  let asked = 0;
  for (const zone of zonesToTry(serverTimeZone)) {
    const wall = submittedAt.getTime() + zoneOffsetMs(submittedAt, zone);
    for (const shift of shifts(withinSeconds)) {
      const name = `${project}_${year}_${day}_${msToStamp(wall + shift * 1_000)}`;
      if (found.includes(name)) continue;
      if (asked > 0) await sleep(PAUSE_MS, op.signal);
      asked += 1;
      if (await isThere(op, name)) found.push(name);
    }
    if (found.length > 0) break;
  }
  const [name, ...others] = found;
  const init = op.init();
  if (name === undefined)
    throw new JobNotFound(
      `no order of ${project} for day ${day} of ${year} is stored around ${submittedAt.toISOString()}; set serverTimeZone if the server is in another time zone`,
      { ...init, jobId: `${project}_${year}_${day}` },
    );
  if (others.length > 0)
    throw new UnexpectedResponse(
      `several orders are stored around ${submittedAt.toISOString()}: ${found.join(', ')}; the mails say which is which`,
      init,
    );
  return name;
}

/** 0, then earlier and later by one second, two, …: the name is made before the answer. */
function shifts(within: number): number[] {
  const all = [0];
  for (let by = 1; by <= within; by += 1) all.push(-by, by);
  return all;
}

/** One question, not repeated: each miss is a server error in the server's log. */
async function isThere(op: ScopsOperation, name: string): Promise<boolean> {
  const accept = (status: number): boolean => status === 200 || status === 500;
  const { page, answer } = await fetchPage(op, { ...orderPage(op, name), accept }, 'the band-maths page');
  return answer.status === 200 && sourceOf(page) === name;
}
