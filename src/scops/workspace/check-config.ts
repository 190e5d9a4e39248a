import { statFile } from '../../core/files/stat-file.js';
import type { ScopsConfig } from '../config/types.js';
import { isProjectCode } from '../ids.js';
import { readBoolean } from './booleans.js';
import { schedulerProblem } from './order-state.js';
import { workerProblem } from './worker-values.js';

/** What submission reads besides (protocol notes 13.2, last paragraph). */
const NEEDED = [
  'project_code',
  'julianday',
  'year',
  'sortie',
  'projection',
  'dem',
  'email',
  'status_email_sent',
  'sourcefolder',
  'masking',
  'pixelsize',
  'interpolation',
] as const;
const LINE_NEEDED = ['process', 'band_range'] as const;
const MAY_BE_EMPTY = new Set<string>(['sortie']);

/**
 * Checks a config before the scheduler can see it: one that it cannot digest stops it for everybody (pitfall 4).
 *
 * @throws `TypeError` or `RangeError` naming the key.
 */
export async function checkConfig(config: ScopsConfig, operation: string): Promise<void> {
  const { defaults, lines } = config;
  const refuse = (what: string): never => {
    throw new TypeError(`${operation}: the config would stop the scheduler: ${what}`);
  };
  const problem = schedulerProblem(config);
  if (problem !== undefined) refuse(problem);
  const missing = NEEDED.find((key) => defaults[key] === undefined || (defaults[key] === '' && !MAY_BE_EMPTY.has(key)));
  if (missing !== undefined) refuse(`${missing} is missing`);
  if (!isProjectCode(defaults.project_code ?? ''))
    refuse('project_code must be letters, digits and single underscores');
  if (!/^\d{4}$/u.test(defaults.year ?? '')) refuse('year must be four digits');
  if (!/^\d{1,3}$/u.test(defaults.julianday ?? '')) refuse('julianday must be a day of the year');
  if (!/^(?:None|[A-Za-z]?)$/u.test(defaults.sortie ?? '')) refuse('sortie must be one letter or None');
  if (readBoolean(defaults.status_email_sent) === undefined) refuse('status_email_sent is no true or false');
  if (readBoolean(defaults.submitted) === true || readBoolean(defaults.restart) === true)
    refuse('submitted and restart must be False in a new order');
  const utm = /\bUTM\b.*?(\d+)[NS]/u.exec(defaults.projection ?? '')?.[1];
  if (utm?.length === 1) refuse('UTM zones 1 to 9 lose their hemisphere; use proj_string');
  if (!/UTM|UKBNG|proj_string/u.test(defaults.projection ?? '')) refuse('projection is none that it knows');
  for (const [line, values] of Object.entries(lines)) {
    const absent = LINE_NEEDED.find((key) => (values[key] ?? defaults[key]) === undefined);
    if (absent !== undefined) refuse(`line ${line} lacks ${absent}`);
    if (readBoolean(values.process ?? defaults.process) === undefined)
      refuse(`process of line ${line} is no true or false`);
    const [, first, last] = /^(\d+)-(\d+)$/u.exec(values.band_range ?? defaults.band_range ?? '') ?? [];
    if (first === undefined || last === undefined || Number(first) < 1 || Number(first) > Number(last))
      refuse(`band_range of line ${line} must be first-last`);
  }
  const unmade = workerProblem(config);
  if (unmade !== undefined) throw new TypeError(`${operation}: the worker would never make this order: ${unmade}`);
  await checkDem(config, operation, refuse);
}

async function checkDem({ defaults }: ScopsConfig, operation: string, refuse: (what: string) => never): Promise<void> {
  const name = defaults.dem_name;
  const ftp = readBoolean(defaults.ftp_dem) === true;
  if (name !== undefined && name !== '') {
    const { bytes } = await statFile(name, 'dem_name', operation);
    if (bytes === 0) throw new RangeError(`${operation}: dem_name is empty: ${name}`);
  } else if (!ftp && defaults.dem !== 'aster' && defaults.dem !== 'srtm') {
    refuse('dem must be aster or srtm, or dem_name a file');
  }
}
