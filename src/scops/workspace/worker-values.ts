import type { ScopsConfig } from '../config/types.js';
import { ALL_MASKS, INTERPOLATIONS, sensorOf } from '../constants.js';

/** Why the worker would never make the lines of a config; `undefined` where it would. */
export function workerProblem({ defaults, lines }: ScopsConfig): string | undefined {
  if ((defaults.output_folder ?? '') !== '') return 'output_folder is that of an earlier order; leave it out';
  if (defaults.projection?.includes('proj_string') === true && (defaults.projstring ?? '') === '')
    return 'projection is proj_string, but projstring is missing';
  const hasPlugin = Object.keys(defaults).some((key) => key.startsWith('plugin_') && key !== 'plugin_directory');
  if (hasPlugin && (defaults.plugin_directory ?? '') === '') return 'plugins need plugin_directory';
  if ((defaults.dem_name ?? '') !== '' && defaults.dem_name?.startsWith('/') !== true)
    return 'dem_name must be an absolute path';
  for (const [line, values] of Object.entries(lines)) {
    const problem = lineProblem({ ...defaults, ...values });
    if (problem !== undefined) return `${problem} (line ${line})`;
    if (sensorOf(line) === 'unknown') return `line ${line} is of no known sensor (f, e, h or o)`;
  }
  return undefined;
}

function lineProblem(values: Readonly<Record<string, string>>): string | undefined {
  const { process = '', masking = '', pixelsize = '', interpolation = '' } = values;
  if (process !== 'true' && process !== 'false') return 'process must be true or false, in lower case';
  if (masking !== 'none' && Array.from(masking).some((letter) => !ALL_MASKS.includes(letter)))
    return `masking must be none or letters of ${ALL_MASKS}`;
  if (!/^(?=.*[1-9].* )\d*\.?\d+ (?=.*[1-9])\d*\.?\d+$/u.test(pixelsize))
    return 'pixelsize must be two numbers, such as 2.0 2.0';
  return INTERPOLATIONS.some((one) => one === interpolation)
    ? undefined
    : `interpolation must be ${INTERPOLATIONS.join(', ')}`;
}
