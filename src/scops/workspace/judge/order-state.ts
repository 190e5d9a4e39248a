import type { ScopsConfig } from '../../config/types.js';
import { readBoolean } from '../../config/parse.js';
import type { WorkspaceOrderState } from '../types.js';

/** What the scheduler reads at each tick; it dies at a file that lacks one (protocol notes 15.1). */
const READ_ALWAYS = ['submitted', 'confirmed', 'bandratio', 'restart', 'has_error'] as const;
const READ_WITH_BAND_MATHS = ['bandratioset', 'bandratiomappedset'] as const;

/** Why the scheduler would stop at a config; `undefined` where it would not. */
export function schedulerProblem({ defaults, lines }: ScopsConfig): string | undefined {
  const bandMaths = readBoolean(defaults.bandratio) === true ? READ_WITH_BAND_MATHS : [];
  const bad = [...READ_ALWAYS, ...bandMaths].find((key) => readBoolean(defaults[key]) === undefined);
  if (bad !== undefined) return `${bad} is ${defaults[bad] === undefined ? 'missing' : 'neither True nor False'}`;
  if (Object.keys(lines).length === 0) return 'there is no flight line';
  const ftp = defaults.ftp_dem;
  if (ftp !== undefined && readBoolean(ftp) === undefined) return 'ftp_dem must be True or False';
  if (readBoolean(ftp) === true && readBoolean(defaults.ftp_dem_confirmed) === undefined)
    return 'ftp_dem_confirmed is missing';
  return undefined;
}

/** Where an order stands, by the scheduler's rules in their order. */
export function orderState(config: ScopsConfig): WorkspaceOrderState {
  if (schedulerProblem(config) !== undefined) return 'broken';
  const is = (key: string): boolean => readBoolean(config.defaults[key]) === true;
  if (is('has_error')) return 'dem-error';
  if (is('restart')) return 'restart';
  if (is('submitted')) return 'submitted';
  if (is('ftp_dem') && !is('ftp_dem_confirmed')) return 'held-ftp';
  if (!is('confirmed')) return 'stored';
  if (is('bandratio') && !is('bandratioset') && !is('bandratiomappedset')) return 'held-band-maths';
  return 'confirmed';
}
