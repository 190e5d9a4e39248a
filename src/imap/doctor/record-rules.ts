import type { RecordRules } from '../../core/doctor/pseudonyms.js';
import { DATA_LEVELS, INSTRUMENTS, SPICE_TYPES, TABLES, VISIBLE_PARAMETERS } from '../centre.js';

/** What stays in recorded answers: names of files, which are public as such; no requests, jobs, runs or accounts. */
export const RECORD_RULES: RecordRules = {
  words: [
    ...INSTRUMENTS,
    ...DATA_LEVELS,
    ...TABLES,
    ...SPICE_TYPES,
    ...VISIBLE_PARAMETERS,
    ...`imap spice kernels science authorized api-key upload missing token sdc doctor x amz algorithm aws4 hmac sha256 signedheaders signature credential security sdk checksum mode request s3 science table
    valid parameters part release yet make sure include full path`.split(/\s+/u),
  ],
  // Buckets are called by the account that owns them.
  ids: [/(?:[\w-]*[a-z-])?(?<!\d)\d{12}(?!\d)/gu],
  idFields: ['crid', 'dependency_hash', 'job_log_stream_id', 'RequestId', 'HostId'],
  plainFields:
    `file_path file_name file_root instrument data_level descriptor start_date end_date version extension ingestion_date kernel_type
    min_date_datetime max_date_datetime min_date_sclk max_date_sclk sclk_kernel lsk_kernel file_intervals_datetime file_intervals_sclk`.split(
      /\s+/u,
    ),
  plainPaths: true,
};
