import type { HmiHolding } from './archive.js';
import { GENERATIONS, type HmiGeneration } from './generations.js';
import { hashText, mix, shuffled } from './hash.js';
import type { HmiSimFile, HmiSimRecord } from './records.js';
import { shortName, type HmiSimSeries } from './series.js';
import { fileStamp, printMicros } from './times.js';

/**
 * Files as FITS wants them, without the fill of their last block (`unpadded`), with bytes behind it (`trailing`), or in
 * gzip under a name that ends in `.fits.gz`.
 */
export type HmiFileForm = 'padded' | 'unpadded' | 'trailing' | 'gzip';

/** What decides how files are called. */
interface NameSettings {
  readonly generation: HmiGeneration;
  readonly fileForm: HmiFileForm;
}

/** `DATE-OBS` as a generation prints it. */
export function printDateObs(record: HmiSimRecord, generation: HmiGeneration): string {
  if (record.dateObs !== undefined) return record.dateObs;
  const noisy = GENERATIONS[generation].isNoisy && record.micros % 1_000_000 === 800_000;
  return printMicros(noisy ? record.micros - 1 : record.micros);
}

/** The segments of a record in the order in which a generation lists them. */
export function segmentsOf(series: HmiSimSeries, record: HmiSimRecord, generation: HmiGeneration): readonly string[] {
  if (record.segments !== undefined) return record.segments;
  return GENERATIONS[generation].isShuffled
    ? shuffled(series.segments, (name) => `${String(record.recnum)}/${name}`)
    : series.segments;
}

/** The name of a series inside the URLs of a list that was asked for under `asked`. */
export function pathName(series: HmiSimSeries, asked: string, generation: HmiGeneration): string {
  if (!GENERATIONS[generation].hasShortNames) return series.name;
  return series.aliases.includes(asked) ? asked : shortName(series.name);
}

/** The files of a record, with the path below `/HMI/` that each generation gives them. */
export function filesOf(
  held: HmiHolding,
  record: HmiSimRecord,
  name: string,
  settings: NameSettings,
): (HmiSimFile & { path: string })[] {
  const { files } = GENERATIONS[settings.generation];
  const all = segmentsOf(held.series, record, settings.generation);
  return (files === 'by-time' ? all.slice(0, 1) : all).map((segment) => {
    const urlName = fileName(record, segment, name, settings);
    const below = { 'by-time': '', 'in-one-name': '', 'in-folders': `${String(record.recnum)}/` }[files];
    const path = `${name}/${below}${urlName}`;
    const harp = record.harpnum === undefined ? {} : { harpnum: record.harpnum };
    return {
      series: record.series,
      recnum: record.recnum,
      segment,
      ...harp,
      tRecIndex: record.tRecIndex,
      urlName,
      path,
    };
  });
}

function fileName(record: HmiSimRecord, segment: string, name: string, { generation, fileForm }: NameSettings): string {
  const end = fileForm === 'gzip' ? 'fits.gz' : 'fits';
  const stamp = fileStamp(record.micros);
  switch (GENERATIONS[generation].files) {
    case 'by-time':
      return `${name}_${stamp.slice(0, 8)}_${stamp.slice(8)}`;
    case 'in-one-name':
      return `${String(record.recnum)}_${stamp}_${segment}.${end}`;
    case 'in-folders':
      return `${segment}.${end}`;
  }
}

/** A list record of the first generation. */
export function firstGenerationRow(record: HmiSimRecord, url: string): Record<string, unknown> {
  return { url, date_obs: printDateObs(record, 1) };
}

/** A list record since the second generation, keys in sorted order. */
export function recordRow(
  record: HmiSimRecord,
  generation: HmiGeneration,
  urls: readonly string[],
  meta: Record<string, string | number> | undefined,
): Record<string, unknown> {
  const { hasHarps, hasWavelengths, writtenAt } = GENERATIONS[generation];
  return {
    date__obs: printDateObs(record, generation),
    download_time: null,
    exptime: null,
    ...(hasHarps ? { harpnum: record.harpnum ?? null } : {}),
    mask_cadence: null,
    ...(meta === undefined ? {} : { meta }),
    nbr_update: 0,
    quality: record.quality,
    recnum: record.recnum,
    recnum_init: null,
    series_name: record.series,
    t_rec_index: record.tRecIndex,
    time: record.time ?? rowTime(record, writtenAt),
    type: null,
    urls,
    ...(hasWavelengths ? { wavelnth: 6173 } : {}),
  };
}

/** When the database row was written. */
function rowTime(record: HmiSimRecord, day: number): string {
  const seed = mix(hashText(`${record.series}/${String(record.recnum)}`));
  const micros = seed % 5 === 0 ? 0 : seed % 1_000_000;
  return printMicros((day + (seed % 14_400) * 1000) * 1000 + micros);
}
