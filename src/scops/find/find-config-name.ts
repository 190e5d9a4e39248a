import { Arguments } from '../../core/operation/arguments.js';
import { parsePage } from '../../core/html/page.js';
import { Operation } from '../../core/operation/operation.js';
import { toDate } from '../../core/util/dates.js';
import { sleep } from '../../core/util/time.js';
import { JobNotFound, UnexpectedResponse } from '../../errors.js';
import { projectQuery, type ScopsContext } from '../context.js';
import { flightDayOf } from '../order/flight-day.js';
import { sourceOf } from '../pages/band-math-page.js';
import type { FindConfigNameOptions, LostOrder } from '../types.js';
import { msToStamp, zoneOffsetMs, zonesToTry } from './clock.js';

const PAUSE_MS = 500;

/**
 * Looks for the config name of an order whose answer did not tell it, around the server's time of that answer (protocol
 * notes 8.1). Asks the band-maths page, never `/confirm`, which would create files.
 */
export async function findName(
  context: ScopsContext,
  order: LostOrder,
  operation: string,
  options: FindConfigNameOptions,
): Promise<string> {
  const { year, day } = flightDayOf(new Arguments(operation), order);
  const submittedAt = toDate(order.submittedAt, new Arguments(operation).label('submittedAt'));
  const within = new Arguments(operation).integer(options.withinSeconds ?? 2, 'withinSeconds', { min: 0, max: 30 });
  const found: string[] = [];
  let asked = 0;
  for (const zone of zonesToTry(context.serverTimeZone)) {
    const wall = submittedAt.getTime() + zoneOffsetMs(submittedAt, zone);
    for (const shift of shifts(within)) {
      const name = `${context.project}_${year}_${day}_${msToStamp(wall + shift * 1_000)}`;
      if (found.includes(name)) continue;
      if (asked > 0) await sleep(PAUSE_MS, options.signal);
      asked += 1;
      if (await isThere(context, name, operation, options)) found.push(name);
    }
    if (found.length > 0) break;
  }
  const [name, ...others] = found;
  const init = context.transport.init({ operation });
  if (name === undefined)
    throw new JobNotFound(
      `no order of ${context.project} for day ${day} of ${year} is stored around ${submittedAt.toISOString()}; set serverTimeZone if the server's clock is elsewhere`,
      { ...init, jobId: `${context.project}_${year}_${day}` },
    );
  if (others.length > 0)
    throw new UnexpectedResponse(
      `several orders are stored around ${submittedAt.toISOString()}: ${found.join(', ')}; the mails tell which is which`,
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
async function isThere(
  context: ScopsContext,
  name: string,
  operation: string,
  options: FindConfigNameOptions,
): Promise<boolean> {
  const op = new Operation(operation, context, options);
  const { text, answer } = await op.text({
    url: `bandratio/${name}`,
    query: projectQuery(op),
    accept: (status) => status === 200 || status === 500,
  });
  return answer.status === 200 && sourceOf(await parsePage(text)) === name;
}
