import { baseName } from '../../core/files/paths.js';

/** Whether a file of a folder is a measurement by its name: no radiosonde, overlap or lidar ratio file. */
export function isRawFile(path: string, skipCalibration: boolean): boolean {
  const name = baseName(path);
  return /\.nc$/iu.test(name) && !/^(?:rs|ov|lr)_/u.test(name) && !(skipCalibration && name.startsWith('calibration_'));
}
