/** Every address of the service, relative to its base URL. */

/** The part of a path by which a link of the service is known. */
export const DATA_ROUTE = '/HMI/';

/** The page for people. */
export const UI_ROUTE = 'ui/';

/** The service's own description. */
export const DESCRIPTION_ROUTE = 'swagger.json';

/** Records of a series in a range of time. */
export function recordsRoute(series: string): string {
  return `HMI/${encodeURIComponent(series)}`;
}

/** Keywords of records; several numbers are parted by commas. */
export function keywordsRoute(series: string, recnums: readonly number[]): string {
  return `${recordsRoute(series)}/meta/${recnums.join(',')}`;
}
