import { defined } from '../../core/util/defined.js';
import { modules } from '../centre.js';
import { stationOf } from '../names/ids.js';
import { cellDate, cellFlag, cellStatus, cellText, cellNumber, type ChangelistRow } from '../pages/changelist.js';
import type { Measurement, LidarConstant } from '../types.js';

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
    // An empty cell needs no warning, except for the start: the search is by it.
    if (read === undefined && (name === 'start' || cellText(row, name) !== undefined))
      warn(`measurement ${id} has no readable ${name}`);
    return read;
  };
  const [dateStart, dateEnd] = [date('start'), date('stop')];
  const processing = cellFlag(row.cells.get('is_being_processed') ?? row.cells.get('is_running'));
  if (processing === undefined) warn(`measurement ${id} does not say whether it is being processed`);
  return defined({
    id,
    stationCode: cellText(row, 'station_id') ?? stationOf(id),
    dateStart,
    dateEnd,
    dateCreation: date('creation_date'),
    dateUpdated: date('updated_date'),
    products: modules((module) => {
      const [column, old] = STATUS_COLUMNS[module];
      return { status: cellStatus(row.cells.get(column) ?? row.cells.get(old)) };
    }),
    isProcessing: processing ?? false,
  });
}

/** A lidar constant of the admin’s list as ours; a field that cannot be read is `undefined` and a warning. */
export function readLidarConstantRow(row: ChangelistRow, warn: (warning: string) => void): LidarConstant {
  const read = <T>(name: string, value: T | undefined): T | undefined => {
    if (value === undefined)
      warn(`td.field-${name} cannot be read: ${JSON.stringify(row.cells.get(name)?.text ?? '(missing)')}`);
    return value;
  };
  const text = (name: string): string | undefined => read(name, cellText(row, name));
  const number = (name: string): number | undefined => read(name, cellNumber(row, name));
  const date = (name: string): Date | undefined => read(name, cellDate(row, name));
  return {
    measurementId: text('measurement_id_display'),
    channelId: text('channel_id_display'),
    systemId: text('system_id_display'),
    productId: text('product_id_display'),
    detectionWavelength: number('detection_wavelength'),
    lidarConstant: number('lidar_constant'),
    lidarConstantStatErr: number('lidar_constant_stat_err'),
    calibrationWindowBottom: number('calibr_window_bottom'),
    calibrationWindowTop: number('calibr_window_top'),
    profileStartTime: date('profile_start_time'),
    profileEndTime: date('profile_end_time'),
    creationDate: date('creation_date'),
    eldaVersion: text('elda_version'),
  };
}
