import type { RecordRules } from '../../core/doctor/pseudonyms.js';

/** What stays in recorded answers: series, segments and times; no record or HARP numbers. */
export const RECORD_RULES: RecordRules = {
  words:
    `hmi end series true false 720s 45s sharp cea m ic nolimbdark noiselimbdark nrt sdc-doctor sdc doctor swagger ui fits area cmask harpnum recnum quality t rec obs telescop
    magnetogram bitmap dopplergram continuum inclination azimuth field disambig br bt bp err conf vlos mag`.split(
      /\s+/u,
    ),
  idFields: ['recnum', 'harpnum', 'nbr_update', 'recnum_init'],
  ids: [/\/HMI\/[\w.]+\/(?<id>\d{3,})(?=[/_])/gu, /\/meta\/(?<id>\d{3,})/gu, /\/meta\/\d+(?:,|%2C)(?<id>\d{3,})/gu],
  plainFields: [
    'url',
    'urls',
    'date_obs',
    'date__obs',
    'time',
    'series_name',
    'swagger',
    'type',
    'title',
    'detail',
    'message',
  ],
};
