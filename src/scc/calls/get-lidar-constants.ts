import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { PATHS } from '../routes.js';
import { listChangelist } from '../site/list-changelist.js';
import { adminDate, checkDateQuery } from './query-measurements.js';
import { cellDate, cellNumber, cellText } from '../pages/cells.js';
import type { ChangelistRow } from '../pages/changelist.js';
import type { DateQuery, LidarConstant } from '../types.js';

/** Lists lidar constants by the start of their profile (SCC admin changelist; here the filter is `station`). */
export function getLidarConstants(op: SccOperation, query: DateQuery): Pager<LidarConstant> {
  const { from, to, station } = checkDateQuery(op.arguments, query);
  return listChangelist<LidarConstant>(op, {
    path: PATHS.lidarConstants,
    filters: [
      ['profile_start_time__gte', adminDate(from)],
      ['profile_start_time__lt', adminDate(to)],
      ...(station === undefined ? [] : [['station', station] as const]),
    ],
    read: readRow,
    moment: (constant) => constant.profileStartTime,
    from,
    to,
  });
}

function readRow(row: ChangelistRow, warn: (warning: string) => void): LidarConstant {
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
