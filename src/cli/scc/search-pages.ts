import type { Measurement, SCC } from '../../scc/index.js';
import type { Context } from '../command/context.js';
import { defined } from '../command/defined.js';
import { utcDay } from '../command/dates.js';
import { allRows } from '../command/pages.js';

/** The measurements of a search by date, with the SCC's own numbers where `--detailed-status` asks for them. */
export async function searchMeasurements(context: Context, scc: SCC): Promise<Measurement[]> {
  const { input, signal } = context;
  const query = {
    dateStart: utcDay(input.argument('date-start'), 'date-start'),
    dateEnd: utcDay(input.argument('date-end'), 'date-end'),
    ...defined({ station: input.text('location') }),
  };
  const found = await allRows(context, scc.queryMeasurements(query, { signal }));
  if (!input.flag('detailedStatus')) return found;
  return context.steps('asking for measurements', async (step) => {
    const detailed: Measurement[] = [];
    for (const { id } of found) {
      detailed.push(await scc.getMeasurement(id, { signal }));
      step(detailed.length, found.length);
    }
    return detailed;
  });
}

/** Arguments of the commands that search by date. */
export const DATE_ARGUMENTS = [
  { flags: '<date-start>', text: 'first day, YYYY-MM-DD' },
  { flags: '<date-end>', text: 'day after the last one, YYYY-MM-DD' },
] as const;

/** Option of the commands that search. */
export const LOCATION = {
  flags: '--location <station>',
  text: 'station code, such as aky; default all stations',
} as const;
