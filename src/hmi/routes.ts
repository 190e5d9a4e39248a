/** Every address of the service, relative to its base URL. */

/** The folder of records, files and keywords; a link of the service is recognised by it. */
export const DATA_FOLDER = 'HMI';

export const UI_ROUTE = 'ui/';

export const DESCRIPTION_ROUTE = 'swagger.json';

/** Records of a series in a range of time. */
export function recordsRoute(series: string): string {
  return `${DATA_FOLDER}/${encodeURIComponent(series)}`;
}

/** Keywords of records; several numbers are separated by commas. */
export function keywordsRoute(series: string, recnums: readonly number[]): string {
  return `${recordsRoute(series)}/meta/${recnums.join(',')}`;
}
