import type { DateLike } from '../../types.js';
import type { AncillaryFilePath } from './ancillary.js';
import { DAY_MS, parseDay, toMoment } from './days.js';

/**
 * The ancillary file that applies to a moment: a bounded file covers its days to the end of the last one, an
 * open-ended file lasts until the next open-ended one starts; among those that cover the moment the highest
 * version wins, then the later start.
 *
 * @param files - Files of one instrument and descriptor.
 * @returns `undefined` where none covers the moment.
 */
export function selectAncillary(files: Iterable<AncillaryFilePath>, date: DateLike): AncillaryFilePath | undefined {
  const moment = toMoment(date, 'selectAncillary: date');
  const all = [...files];
  const openStarts = all.filter(({ endDate }) => endDate === undefined).map(startOf);
  const lastOpen = Math.max(...openStarts.filter((start) => start <= moment));
  const covering = all.filter((file) => {
    const start = startOf(file);
    if (file.endDate === undefined) return start === lastOpen;
    return start <= moment && moment < (parseDay(file.endDate) ?? Number.NaN) + DAY_MS;
  });
  return covering.sort((a, b) => b.minorVersion - a.minorVersion || startOf(b) - startOf(a))[0];
}

function startOf({ startDate }: AncillaryFilePath): number {
  return parseDay(startDate) ?? Number.NaN;
}
