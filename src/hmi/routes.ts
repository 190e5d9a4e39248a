/** Every address of the service, relative to its base URL. */

/** Records, files and keywords lie in this folder; a link of the service is known by it. */
export const DATA_FOLDER = 'HMI';

/** The page for people. */
export const UI_ROUTE = 'ui/';

/** The service's own description. */
export const DESCRIPTION_ROUTE = 'swagger.json';

/** Records of a series in a range of time. */
export function recordsRoute(series: string): string {
  return `${DATA_FOLDER}/${encodeURIComponent(series)}`;
}

/** Keywords of records; several numbers are parted by commas. */
export function keywordsRoute(series: string, recnums: readonly number[]): string {
  return `${recordsRoute(series)}/meta/${recnums.join(',')}`;
}
