/** Query parameters of the SCC that are worth reading in messages and never secret; all others are hidden. */
export const HARMLESS_PARAMETERS = [
  'all',
  'e',
  'end',
  'filename',
  'id__exact',
  'id__startswith',
  'limit',
  'offset',
  'p',
  'profile_start_time__gte',
  'profile_start_time__lt',
  'start',
  'start__gte',
  'start__lt',
  'station',
  'station_id',
] as const;
