import { dictOrder } from '../python/dict.js';
import { getBoolean, getValue, visibleKeys } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { PythonError } from '../python/error.js';
import { findLine, flightOfConfig } from '../world/flights.js';
import type { Process } from '../world/schedule.js';
import type { ProcessingFolder } from './folder.js';
import { makeProduct } from './product.js';
import { makeProjectZip } from './project-zip.js';

const KINDS = [
  ['eq_', 'equation'],
  ['plugin_', 'plugin'],
] as const;

/**
 * The job of one line in the queue: main product, then the ticked equations, then the ticked plugins. Whoever is last
 * in his list makes the project archive, which is why there often is none (section 7.4 of the notes).
 */
export function* runLine(folder: ProcessingFolder, config: ConfigFile, name: string): Process {
  try {
    yield* processLine(folder, config, name);
  } catch (error) {
    // The job dies; status files and rows stay as they are.
    if (!(error instanceof PythonError)) throw error;
  }
}

function* processLine(folder: ProcessingFolder, config: ConfigFile, name: string): Process {
  const line = findLine(flightOfConfig(folder.world, config), name);
  if (line === undefined || line.missing === true) return;
  const withBandMath = visibleKeys(config, name).some((key) => key.includes('eq_'));
  if (getBoolean(config, name, 'process')) {
    if (!(yield* makeProduct({ folder, config, line, product: name, kind: 'main' }))) return;
    if (!withBandMath) yield* makeProjectZip(folder, config);
  }
  if (!withBandMath) return;
  for (const [prefix, kind] of KINDS) {
    const keys = dictOrder(visibleKeys(config, name)).filter((key) => key.includes(prefix));
    for (const key of keys.filter((candidate) => getValue(config, name, candidate) === 'True')) {
      const product = `${name}_${key.replace(prefix, '')}`;
      const equation = config.defaults.get(key) ?? '';
      if (!(yield* makeProduct({ folder, config, line, product, kind, equation }))) return;
      if (key === keys.at(-1)) yield* makeProjectZip(folder, config);
    }
  }
}

/** The products that a line stands for at the submission: the ticked equations and plugins. */
export function extraProducts(config: ConfigFile, name: string): string[] {
  return KINDS.flatMap(([prefix]) =>
    dictOrder(visibleKeys(config, name))
      .filter((key) => key.startsWith(prefix) && getValue(config, name, key) === 'True')
      .map((key) => `${name}_${key.replace(prefix, '')}`),
  );
}
