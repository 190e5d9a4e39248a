import type { OptionSpec } from '../command/option-spec.js';
import { INSTRUMENTS, TABLES } from './words.js';

/** Options that say which files of a table are wanted. */
export const QUERY_FILTERS: readonly OptionSpec[] = [
  { flags: '--table <name>', text: 'default science', choices: TABLES },
  { flags: '--instrument <name>', text: 'instrument', suggestions: INSTRUMENTS },
  { flags: '--data-level <level>', text: 'l0, l1a, …' },
  { flags: '--descriptor <text>', text: 'descriptor of the product' },
  { flags: '--start-date <date>', text: 'first start day, YYYYMMDD; for kernels, start of the coverage' },
  { flags: '--end-date <date>', text: 'last start day, YYYYMMDD; for kernels, end of the coverage' },
  { flags: '--ingestion-start-date <date>', text: 'first day of ingestion, YYYYMMDD' },
  { flags: '--ingestion-end-date <date>', text: 'last day of ingestion, YYYYMMDD' },
  { flags: '--repointing <number>', text: 'a number, or repoint and five digits' },
  { flags: '--version <version>', text: 'latest, or a version such as v001.0002 (ancillary: v001)' },
  { flags: '--major-version <number>', text: 'the part of the version before the point' },
  { flags: '--minor-version <number>', text: 'the part of the version after the point' },
  { flags: '--extension <ending>', text: 'cdf, pkts, …' },
  { flags: '--cr <number>', text: 'Carrington rotation', number: { min: 0, whole: true } },
  { flags: '--crid <text>', text: 'release identifier' },
  { flags: '--released <which>', text: 'only released files, or only unreleased ones', choices: ['true', 'false'] },
];

/** Option of queries for kernels. */
export const KERNEL_TYPE: OptionSpec = {
  flags: '--type <kind>',
  text: 'kind of kernel, such as ephemeris_predicted; with --table spice',
};
