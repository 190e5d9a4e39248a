import { modules } from '../centre.js';
import { stationOf } from '../names/ids.js';
import { cellDate, cellFlag, cellStatus, cellText } from '../pages/cells.js';
import type { ChangelistRow } from '../pages/changelist.js';
import type { Measurement } from '../types.js';

/** Names of the status columns, and those before March 2021. */
const STATUS_COLUMNS = modules((module) => [`${module}_ok_evo`, `${module}_ok`] as const);

/** A measurement of the admin’s list as ours; without an id there is nothing to be read. */
export function readMeasurementRow(row: ChangelistRow, warn: (warning: string) => void): Measurement | undefined {
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
