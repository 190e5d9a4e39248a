import type { ImapSampleJob } from '../options.js';

/** Batch jobs of one night, oldest first. */
export function sampleJobs(): ImapSampleJob[] {
  const outcomes = [
    ['mag', 'l1a', 'norm-mago', 'SUCCEEDED'],
    ['mag', 'l1b', 'norm-mago', 'SUCCEEDED'],
    ['swe', 'l1a', 'sci', 'FAILED'],
    ['swe', 'l1a', 'sci', 'SUCCEEDED'],
    ['hi', 'l1c', '45sensor-pset', 'SUCCEEDED'],
    ['ultra', 'l1c', '45sensor-spacecraftpset', 'INPROGRESS'],
  ] as const;
  return outcomes.map(([instrument, data_level, descriptor, status], index) => ({
    status,
    instrument,
    data_level,
    descriptor,
    start_date: '20260106',
    major_version: 1,
    minor_version: 1 + (index % 2),
    repointing: instrument === 'hi' || instrument === 'ultra' ? 105 : null,
    job_log_stream_id: `ProcessingJob-${instrument}-${data_level}/default/${String(index + 1).padStart(32, '0')}`,
    log: [
      `2026-01-08T0${String(index)}:00:01 INFO processing ${instrument} ${data_level} ${descriptor} 20260106`,
      ...(status === 'FAILED' ? [`2026-01-08T0${String(index)}:12:29 ERROR no input files`] : []),
      ...(status === 'SUCCEEDED' ? [`2026-01-08T0${String(index)}:12:29 INFO done`] : []),
    ],
    started_at: `2026-01-08T0${String(index)}:00:00`,
    ...(status === 'INPROGRESS' ? {} : { stopped_at: `2026-01-08T0${String(index)}:12:30` }),
  }));
}
