import { toDate } from '../core/util/dates.js';
import type { CallOptions, Pager } from '../types.js';
import type { SccConnection } from './connection.js';
import { PATHS, SCC_MODULES } from './endpoints.js';
import { requireStation, stationOf } from './ids.js';
import { listChangelist } from './listing.js';
import type { ChangelistRow } from './pages/changelist.js';
import { cellDate, cellFlag, cellStatus, cellText } from './pages/cells.js';
import type { DateQuery, Measurement, SccModule } from './types.js';

/** A search by date, checked. */
export interface CheckedDateQuery {
  readonly from: Date;
  readonly to: Date;
  readonly station: string | undefined;
}

/** Checks a search before any request. */
export function checkDateQuery(query: DateQuery, operation: string): CheckedDateQuery {
  const from = toDate(query.dateStart, `${operation}: dateStart`);
  const to = toDate(query.dateEnd, `${operation}: dateEnd`);
  if (to <= from) throw new RangeError(`${operation}: dateEnd (exclusive) must be after dateStart`);
  return { from, to, station: query.station === undefined ? undefined : requireStation(query.station, operation) };
}

/** A moment as the admin's filters want it. */
export function adminDate(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** Lists measurements by date (SCC admin changelist). */
export function queryMeasurements(
  connection: SccConnection,
  query: DateQuery,
  options: CallOptions,
): Pager<Measurement> {
  const operation = 'scc.queryMeasurements';
  const { from, to, station } = checkDateQuery(query, operation);
  return listChangelist<Measurement>(
    connection,
    {
      operation,
      path: PATHS.changelist,
      filters: [
        ['start__gte', adminDate(from)],
        ['start__lt', adminDate(to)],
        ...(station === undefined ? [] : [['station_id', station] as const]),
      ],
      read: readRow,
      moment: (measurement) => measurement.dateStart,
      from,
      to,
    },
    options,
  );
}

/** Names of the status columns, and those before March 2021. */
const STATUS_COLUMNS = modules((module) => [`${module}_ok_evo`, `${module}_ok`] as const);

function readRow(row: ChangelistRow, warn: (warning: string) => void): Measurement | undefined {
  const id = cellText(row, 'id') ?? row.key;
  if (id === undefined) {
    warn('has no measurement id (td.field-id)');
    return undefined;
  }
  const dateStart = cellDate(row, 'start');
  const dateEnd = cellDate(row, 'stop');
  if (dateStart === undefined || dateEnd === undefined) {
    warn(`measurement ${id} has no readable ${dateStart === undefined ? 'start' : 'stop'} and was left out`);
    return undefined;
  }
  const processing = cellFlag(row.cells.get('is_being_processed') ?? row.cells.get('is_running'));
  if (processing === undefined) warn(`measurement ${id} does not say whether it is being processed`);
  const stationCode = cellText(row, 'station_id') ?? stationOf(id);
  const dateCreation = cellDate(row, 'creation_date');
  const dateUpdated = cellDate(row, 'updated_date');
  return {
    id,
    ...(stationCode !== undefined && { stationCode }),
    dateStart,
    dateEnd,
    ...(dateCreation !== undefined && { dateCreation }),
    ...(dateUpdated !== undefined && { dateUpdated }),
    products: modules((module) => {
      const [column, old] = STATUS_COLUMNS[module];
      return { status: cellStatus(row.cells.get(column) ?? row.cells.get(old)) };
    }),
    isProcessing: processing ?? false,
  };
}

/** A value for each module. */
export function modules<T>(state: (module: SccModule) => T): Record<SccModule, T> {
  const [upload, hirelpp, cloudmask, elpp, elda, eldec, elic, elquick] = SCC_MODULES;
  return {
    upload: state(upload),
    hirelpp: state(hirelpp),
    cloudmask: state(cloudmask),
    elpp: state(elpp),
    elda: state(elda),
    eldec: state(eldec),
    elic: state(elic),
    elquick: state(elquick),
  };
}
