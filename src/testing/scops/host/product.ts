import { findValue, getValue } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { PythonError } from '../python/error.js';
import type { ScopsSampleLine, ScopsStage } from '../types.js';
import type { Process } from '../world/schedule.js';
import { isComputable, maskArguments, outputProjection } from './commands.js';
import type { ProcessingFolder } from './folder.js';
import { imageBytes, imageZip, type MappedImage } from './image.js';

/** What is to be made of a line. */
export interface ProductPlan {
  readonly folder: ProcessingFolder;
  readonly config: ConfigFile;
  readonly line: ScopsSampleLine;
  readonly product: string;
  readonly kind: 'main' | 'equation' | 'plugin';
  /** Text of the equation. */
  readonly equation?: string;
}

/** Makes one product; false where it ended in an error that is on record. Silent failures end the process by raising. */
export function* makeProduct(plan: ProductPlan): Process<boolean> {
  const { folder, product, kind, line } = plan;
  folder.begin(product);
  yield 500;
  if (kind === 'equation' && !isComputable(plan.equation ?? '', line.wavelengths.length)) {
    throw new PythonError(`${product}: the equation cannot be worked out`);
  }
  const commands = commandsOf(plan);
  for (const { stage, command } of commands) {
    if (command === undefined) {
      folder.setStage(product, 'ERROR - projection not identified');
      return false;
    }
    folder.setStage(product, stage);
    folder.log(product, command);
    const failed = yield* runCommand(plan, stage, command);
    if (failed) {
      folder.setStage(product, `ERROR - ${stage}`);
      return false;
    }
  }
  yield* zipProduct(plan);
  return true;
}

interface Command {
  readonly stage: Exclude<ScopsStage, 'zipping'>;
  /** `undefined`: the projection is not understood. */
  readonly command: string | undefined;
}

function commandsOf({ folder, config, line, product, kind }: ProductPlan): Command[] {
  const value = (key: string): string => getValue(config, line.name, key);
  const masking = value('masking');
  const level1 = `${folder.path}/level1b/${product}1b.bil`;
  const igm = `${folder.path}/igm/${product}.igm`;
  const range = kind === 'plugin' ? 'ALL' : kind === 'equation' ? '1' : value('band_range');
  const projection = outputProjection(value('projection'), () => value('projstring'));
  const mask = maskArguments(masking, `${line.name}_mask-badpixelmethod.bil`);
  const map =
    `aplmap -igm ${igm} -lev1 ${level1} -pixelsize ${value('pixelsize')} -bandlist ${range} ` +
    `-interpolation ${value('interpolation')} -mapname ${folder.path}/mapped/${product}3b_mapped.bil ` +
    `-buffersize 4096 -outputlevel verbose -outputdatatype ${kind === 'equation' ? 'float32' : 'uint16'}`;
  const all: Command[] = [
    { stage: 'aplmask', command: `aplmask -lev1 ${level1} ${mask} -mask ${line.name}_mask.bil -output ${level1}` },
    {
      stage: 'aplcorr',
      command: `aplcorr -lev1file ${level1} -navfile ${line.name}_nav.bil -vvfile fenix_fov.bil -dem ${findValue(config, line.name, 'dem_name') ?? ''} -igmfile ${igm}`,
    },
    {
      stage: 'apltran',
      command: projection && `apltran -inproj latlong WGS84 -igm ${igm} -output ${igm} ${projection}`,
    },
    { stage: 'aplmap', command: map },
  ];
  return kind === 'plugin' || masking.includes('none') ? all.slice(1) : all;
}

/** Runs one program of APL; true where it failed. */
function* runCommand(plan: ProductPlan, stage: Command['stage'], command: string): Process<boolean> {
  const { folder, product, line } = plan;
  if (line.stalls === stage) yield Infinity;
  if (line.fails === stage || command.includes('-flags -mask')) return true;
  const quarter = folder.world.settings.timing[stage] / 4;
  if (stage === 'aplmap' && mapOf(plan) === undefined) return true;
  for (const percent of [25, 50, 75, 100]) {
    yield quarter;
    folder.log(product, `Approximate percent complete: ${percent}`);
  }
  if (stage === 'aplmap') {
    const map = mapOf(plan);
    const size = line.mappedMegabytes ?? (map === undefined ? 0 : imageBytes(map) / 1_048_576);
    folder.log(product, `Output file is ${size.toFixed(6).replace(/\.?0+$/, '')} megabytes`);
  }
  return false;
}

/** The image that aplmap makes; `undefined` where it refuses its arguments. */
function mapOf({ folder, config, line, product, kind }: ProductPlan): MappedImage | undefined {
  const value = (key: string): string => getValue(config, line.name, key);
  const [x = '', y = ''] = value('pixelsize').split(' ');
  const [first = NaN, last = NaN] = value('band_range').split('-').map(Number);
  const inRange = Number.isInteger(first) && first >= 1 && first <= last && last <= line.wavelengths.length;
  const size = Number(x) > 0 && Number(y) > 0 && Number.isFinite(Number(x) + Number(y));
  const known = /^(?:nearest|bilinear|cubic|idw \d+)$/.test(value('interpolation'));
  if (!size || !known || (kind === 'main' && !inRange)) return undefined;
  const [columns, rows] = folder.world.settings.mapSize;
  const bands = kind === 'main' ? last - first + 1 : 1;
  return { product, columns, rows, bands, dataType: kind === 'equation' ? 'float32' : 'uint16', pixel: [x, y] };
}

/** One product of an order zips at a time; the archive is copied into place, so half of it can be seen before. */
function* zipProduct(plan: ProductPlan): Process {
  const { folder, product, line } = plan;
  const { disk, settings } = folder.world;
  if (folder.allStages().includes('zipping')) folder.setStage(product, 'waiting to zip');
  while (folder.allStages().includes('zipping')) yield 1000;
  folder.setStage(product, 'zipping');
  if (line.stalls === 'zipping') yield Infinity;
  const map = mapOf(plan);
  if (map === undefined) throw new PythonError(`${product}: nothing to zip`);
  const zip = imageZip(map);
  yield settings.timing.zipping / 2;
  disk.write(folder.productZip(product), zip.subarray(0, Math.floor(zip.length / 2)));
  yield settings.timing.zipping / 2;
  disk.write(folder.productZip(product), zip);
  folder.complete(product, zip.length);
}
