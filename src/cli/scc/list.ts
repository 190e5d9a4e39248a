import type { Measurement, ModuleState, SCC } from '../../scc/index.js';
import { today } from '../../core/util/time.js';
import type { Context } from '../command/context.js';
import { utcDay } from '../command/dates.js';
import { defined } from '../command/defined.js';
import { allRows } from '../command/pages.js';
import type { CommandSpec } from '../command/spec.js';
import { UsageError } from '../command/usage-error.js';
import { measurementColumns } from './columns.js';
import { withScc } from './open.js';

const STATUS = { min: -127, max: 127, whole: true } as const;
const FIRST_DAY = '2000-01-01';

/** `sdc scc list`. */
export const list: CommandSpec = {
  name: 'list',
  summary: 'list measurements by id, or by station, date and status',
  options: [
    { flags: '--id-exact <id>', text: 'the measurement with this id', conflicts: ['idStartswith'] },
    { flags: '--id-startswith <text>', text: 'measurements whose id begins with this' },
    { flags: '--station <code>', text: 'station code' },
    { flags: '--system <number>', text: 'number of the lidar configuration' },
    { flags: '--start <date>', text: 'first day, YYYY-MM-DD' },
    { flags: '--stop <date>', text: 'day after the last one, YYYY-MM-DD' },
    { flags: '--upload-status <code>', text: '-127 to 127; 127 is done, -127 failed', number: STATUS },
    { flags: '--preprocessing-status <code>', text: 'of ELPP', number: STATUS },
    { flags: '--optical-processing-status <code>', text: 'of ELDA', number: STATUS },
  ],
  examples: [
    ['sdc scc list --id_startswith 202106 --output json', 'by id, as JSON'],
    ['sdc scc list --station aky --start 2021-06-01 --stop 2021-07-01 --optical-processing-status 127', 'by status'],
  ],
  run: async (context) => {
    const found = await withScc(context, (scc) => find(context, scc));
    await context.rows(measurementColumns(), found);
    if (found.length === 0) context.note('no measurements found');
  },
};

const MINUTE_MS = 60_000;

async function find(context: Context, scc: SCC): Promise<Measurement[]> {
  const { input, signal } = context;
  const [idExact, idStartsWith] = [input.text('idExact'), input.text('idStartswith')];
  const [start, stop] = [input.text('start'), input.text('stop')];
  const byId = idExact !== undefined || idStartsWith !== undefined;
  if (byId && (start !== undefined || stop !== undefined))
    throw new UsageError('give an id (--id-exact, --id-startswith) or dates (--start, --stop), not both');
  const station = input.text('station');
  const pager =
    byId || (start === undefined && stop === undefined && station === undefined)
      ? scc.listMeasurements(defined({ idExact, idStartsWith }), { signal })
      : scc.queryMeasurements(
          {
            dateStart: utcDay(start ?? FIRST_DAY, '--start'),
            dateEnd: stop === undefined ? today() : utcDay(stop, '--stop'),
            ...defined({ station }),
          },
          { signal },
        );
  const found = (await allRows(context, pager)).filter(
    ({ products }) =>
      matches(products.upload, input.number('uploadStatus')) &&
      matches(products.elpp, input.number('preprocessingStatus')) &&
      matches(products.elda, input.number('opticalProcessingStatus')),
  );
  const here = byId && station !== undefined ? await ofStation(context, scc, found, station) : found;
  const system = input.text('system');
  return system === undefined ? here : ofSystem(context, scc, here, system);
}

/**
 * Those of a station. An id does not tell it: its letters may be a call sign, so the admin's table is asked, which filters by the
 * station itself. Only one without a start cannot be found there; it is kept, and said.
 */
async function ofStation(context: Context, scc: SCC, found: Measurement[], station: string): Promise<Measurement[]> {
  const starts = found.flatMap(({ dateStart }) => dateStart?.getTime() ?? []).sort((one, other) => one - other);
  const [first, last] = [starts[0], starts.at(-1)];
  const known = new Set<string>();
  if (first !== undefined && last !== undefined) {
    const query = { dateStart: new Date(first - MINUTE_MS), dateEnd: new Date(last + MINUTE_MS), station };
    const rows = await allRows(context, scc.queryMeasurements(query, { signal: context.signal }));
    for (const { id } of rows) known.add(id);
  }
  return found.flatMap((measurement) => {
    if (measurement.dateStart === undefined)
      context.warn(`${measurement.id} has no start, so its station cannot be looked up`);
    if (measurement.dateStart !== undefined && !known.has(measurement.id)) return [];
    return [{ ...measurement, ...(known.has(measurement.id) && { stationCode: station }) }];
  });
}

/** The table of a search by date tells words instead of numbers. */
function matches({ code, status }: ModuleState, wanted: number | undefined): boolean {
  if (wanted === undefined) return true;
  if (code !== undefined) return code === wanted;
  return status === (wanted === 127 ? 'ok' : wanted === -127 ? 'error' : wanted === 0 ? 'not-run' : 'running');
}

/** The table does not tell the system either: ask for each measurement. */
async function ofSystem(context: Context, scc: SCC, found: Measurement[], system: string): Promise<Measurement[]> {
  const { signal } = context;
  return context.steps('asking for measurements', async (step) => {
    const kept: Measurement[] = [];
    for (const [at, measurement] of found.entries()) {
      const known =
        measurement.systemId === undefined ? await scc.getMeasurement(measurement.id, { signal }) : measurement;
      if (String(known.systemId) === system) kept.push(known);
      step(at + 1, found.length);
    }
    return kept;
  });
}
