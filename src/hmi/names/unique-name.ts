import { FITS_ENDING, linkParts } from '../decode/link-parts.js';
import { timeOf } from '../records/identity.js';
import type { HmiRecord } from '../types.js';

/**
 * A name that no other file of the service has: `<series>.<harpnum>.<yyyymmdd_hhmmss>.<recnum>.<segment>.fits`.
 *
 * What a generation does not give is left out. Generation 1 has neither record number nor segment; the end of its link
 * takes their place where it says more than series and time.
 */
export function uniqueFileName(record: HmiRecord, url: string, segment: string | undefined): string {
  const stamp = timeStamp(record);
  const tail = segment ?? remainder(linkParts(url).lastPart.replace(FITS_ENDING, ''), `${record.series}_${stamp}`);
  return nameOf([record.series, record.harpnum, stamp, record.recnum, tail], url);
}

/** A unique name for a link alone, without its record. */
export function uniqueNameOfLink(url: string): string {
  const { series, recnum, segment, lastPart } = linkParts(url);
  if (recnum === undefined) return nameOf([lastPart.replace(FITS_ENDING, '') || 'hmi'], url);
  return nameOf([series, recnum, segment], url);
}

/** Observation time cut to seconds, as in the service's own names; first rounded to 0.01 s, so that float noise changes no name. */
function timeStamp(record: HmiRecord): string {
  const seconds = Math.floor(timeOf(record) / 100);
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace(/[-:]/gu, '').replace('T', '_');
}

function remainder(stem: string, known: string): string | undefined {
  return stem === '' || stem === known ? undefined : stem;
}

/** The ending is that of the link, so that a reader knows a compressed file by its name. */
function nameOf(parts: readonly (string | number | undefined)[], url: string): string {
  const texts = parts
    .filter((part) => part !== undefined && part !== '')
    .map((part) => encodeURIComponent(String(part).replace(/\p{Cs}/gu, '\uFFFD')));
  const ending = FITS_ENDING.exec(linkParts(url).lastPart)?.[0].toLowerCase() ?? '.fits';
  return `${texts.join('.')}${ending}`;
}
