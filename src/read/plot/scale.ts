import type { Checked } from './options.js';
import type { Source } from './source.js';

/** Whether a CDF wants these values on a logarithmic scale. */
export const wantsLog = ({ SCALETYP }: Source['attributes']): boolean =>
  typeof SCALETYP === 'string' && SCALETYP.trim().toLowerCase() === 'log';

/**
 * Whether values are drawn on a logarithmic scale: as the user or the file wants it.
 *
 * @throws `RangeError` when the range of the user has no place on it.
 */
export function isLogScale({ attributes, isTime }: Source, { scale, range }: Checked): boolean {
  const isLog = scale === undefined ? !isTime && wantsLog(attributes) : scale === 'log';
  if (isLog && range !== undefined && range[0] <= 0)
    throw new RangeError('plot: range must be above 0 on a logarithmic scale');
  return isLog;
}
