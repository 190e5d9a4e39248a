import { cellDate, cellNumber, cellText } from '../pages/cells.js';
import type { ChangelistRow } from '../pages/changelist.js';
import type { LidarConstant } from '../types.js';

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
