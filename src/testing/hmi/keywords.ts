import type { HmiGeneration } from './generations.js';
import { hashText, mix } from './hash.js';
import type { HmiSimRecord } from './records.js';
import { jsocTime } from './times.js';
import { printDateObs } from './rows.js';

/** The keywords that the metadata route knows, in lower case. */
export const KEYWORDS: readonly string[] =
  'area cmask distcoef usflux meangam meangbt meangbz meangbh meanjzd totusjz meanalp meanjzh totusjh absnjzh savncpp meanpot totpot meanshr shrgt45 r_value gwill harpnum cadence date date_s date_b date__obs t_obs t_rec ctype1 crpix1 crval1 cdelt1 cunit1 ctype2 crpix2 crval2 cdelt2 cunit2 quality qlook'.split(
    ' ',
  );

/** The value of a keyword; `undefined` for a keyword that HMI does not have. */
export function keywordValue(
  record: HmiSimRecord,
  name: string,
  generation: HmiGeneration,
): string | number | undefined {
  if (Object.hasOwn(record.meta, name)) return record.meta[name];
  if (!KEYWORDS.includes(name)) return undefined;
  const seed = mix(hashText(`${record.series}/${String(record.recnum)}/${name}`));
  switch (name) {
    case 'harpnum':
      return record.harpnum ?? 0;
    case 'quality':
      return record.quality;
    case 'qlook':
      return record.series.endsWith('_nrt') ? 1 : 0;
    case 'cadence':
      return 720;
    case 'cmask':
      return seed % 20_000;
    case 'distcoef':
      return '/simulated/lev1.5_hmi/libs/lev15/';
    case 't_rec':
    case 't_obs':
      return jsocTime(record.tRecIndex);
    case 'date__obs':
    case 'date':
    case 'date_s':
    case 'date_b':
      return printDateObs(record, generation);
    case 'ctype1':
      return 'HPLN-TAN';
    case 'ctype2':
      return 'HPLT-TAN';
    case 'cunit1':
    case 'cunit2':
      return 'arcsec';
    default:
      return (seed % 10_000_000) / 10_000;
  }
}

/** The `meta` object of a record; keywords that HMI does not have are left out. */
export function metaObject(
  record: HmiSimRecord,
  fields: readonly string[],
  generation: HmiGeneration,
): Record<string, string | number> {
  const found: Record<string, string | number> = {};
  for (const field of [...fields].sort()) {
    const value = keywordValue(record, field, generation);
    if (value !== undefined) found[field] = value;
  }
  return found;
}
