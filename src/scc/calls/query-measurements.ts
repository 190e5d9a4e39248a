import type { Arguments } from '../../core/operation/arguments.js';
import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { modules, PATHS } from '../routes.js';
import { requireStation, stationOf } from '../names/ids.js';
import { listChangelist } from '../site/list-changelist.js';
import type { ChangelistRow } from '../pages/changelist.js';
import { cellDate, cellFlag, cellStatus, cellText } from '../pages/cells.js';
import type { DateQuery, Measurement } from '../types.js';

/** A search by date, checked. */
export interface CheckedDateQuery {
  readonly from: Date;
  readonly to: Date;
  readonly station: string | undefined;
}

/** Checks a search before any request. */
export function checkDateQuery(args: Arguments, query: DateQuery): CheckedDateQuery {
  const from = args.date(query.dateStart, 'dateStart');
  const to = args.date(query.dateEnd, 'dateEnd');
  if (to <= from) throw args.outOfRange('dateEnd (exclusive) must be after dateStart');
  return { from, to, station: query.station === undefined ? undefined : requireStation(args, query.station) };
}

/** A moment as the admin's filters want it. */
export function adminDate(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

/** Lists measurements by date (SCC admin changelist). */
export function queryMeasurements(op: SccOperation, query: DateQuery): Pager<Measurement> {
  const { from, to, station } = checkDateQuery(op.arguments, query);
  return listChangelist<Measurement>(op, {
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
  });
}

/** Names of the status columns, and those before March 2021. */
const STATUS_COLUMNS = modules((module) => [`${module}_ok_evo`, `${module}_ok`] as const);

function readRow(row: ChangelistRow, warn: (warning: string) => void): Measurement | undefined {
  const id = cellText(row, 'id') ?? row.key;
  if (id === undefined) {
    warn('has no measurement id (td.field-id)');
    return undefined;
  }
  const date = (name: string): Date | undefined => {
    const read = cellDate(row, name);
    // An empty cell is nothing to warn of, but for the start: the search is by it.
    if (read === undefined && (name === 'start' || cellText(row, name) !== undefined))
      warn(`measurement ${id} has no readable ${name}`);
    return read;
  };
  const [dateStart, dateEnd] = [date('start'), date('stop')];
  const processing = cellFlag(row.cells.get('is_being_processed') ?? row.cells.get('is_running'));
  if (processing === undefined) warn(`measurement ${id} does not say whether it is being processed`);
  const stationCode = cellText(row, 'station_id') ?? stationOf(id);
  const [dateCreation, dateUpdated] = [date('creation_date'), date('updated_date')];
  return {
    id,
    ...(stationCode !== undefined && { stationCode }),
    ...(dateStart !== undefined && { dateStart }),
    ...(dateEnd !== undefined && { dateEnd }),
    ...(dateCreation !== undefined && { dateCreation }),
    ...(dateUpdated !== undefined && { dateUpdated }),
    products: modules((module) => {
      const [column, old] = STATUS_COLUMNS[module];
      return { status: cellStatus(row.cells.get(column) ?? row.cells.get(old)) };
    }),
    isProcessing: processing ?? false,
  };
}
