import { sensorOf } from '../../names/lines.js';
import type { ScopsEnvironment } from '../environment.js';
import { isDirectory, matchingDirectories } from './glob.js';

/** Where the worker looks for a line: `{}` stands for the kind of instrument, and a leading `/` drops the source folder. */
function deliveryPattern(sourceFolder: string, line: string, environment: ScopsEnvironment): string {
  const kind = sensorOf(line) === 'owl' ? 'owl' : 'hyperspectral';
  const folder = environment.hyperDeliveryFolder.replaceAll('{}', kind);
  return folder.startsWith('/') ? folder : `${sourceFolder}/${folder}`;
}

/** The deliveries of a line; more than one where the pattern fits several, of which the worker takes any. */
export function findDeliveries(sourceFolder: string, line: string, environment: ScopsEnvironment): Promise<string[]> {
  return matchingDirectories(deliveryPattern(sourceFolder, line, environment));
}

/** Why a line has no delivery; `undefined` where it has one. */
export async function deliveryProblem(
  sourceFolder: string,
  line: string,
  environment: ScopsEnvironment,
): Promise<string | undefined> {
  if (sensorOf(line) === 'unknown') return `line ${line} is of no known sensor (f, e, h or o)`;
  if (!sourceFolder.startsWith('/')) return `sourcefolder must be an absolute path, got ${sourceFolder}`;
  if (!isDirectory(sourceFolder)) return `sourcefolder is not there: ${sourceFolder}`;
  if ((await findDeliveries(sourceFolder, line, environment)).length > 0) return undefined;
  const pattern = deliveryPattern(sourceFolder, line, environment);
  return environment.hyperDeliveryFolder.startsWith('/')
    ? `there is no ${pattern}: HYPER_DELIVERY_FOLDER begins with /, so that nothing is looked for in sourcefolder`
    : `sourcefolder has no delivery: nothing fits ${pattern} (HYPER_DELIVERY_FOLDER)`;
}
