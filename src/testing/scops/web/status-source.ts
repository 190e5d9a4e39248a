import { PythonError } from '../python/error.js';
import { readConfig, type ConfigFile } from '../python/config-file.js';
import { labelOf, megabytesOf, progressOf, withUnit } from '../host/progress.js';
import { BASE_PATH, OUTPUT_DIRECTORY } from '../settings.js';
import type { ScopsStatusRow } from '../types.js';
import { baseName } from '../world/disk.js';
import type { World } from '../world/world.js';

/** What the site tells of one product. */
export type ProductStatus = Omit<ScopsStatusRow, 'processingId'>;

/** Finds the folder of an id through a file pattern, so that `*` finds other jobs too (pitfall 6). */
export function findOrder(world: World, id: string): { folder: string; configPath: string; config: ConfigFile } {
  const configPath = world.disk.glob(`${OUTPUT_DIRECTORY}${id}/*.cfg`)[0];
  if (configPath === undefined) throw new PythonError(`IndexError: no config for ${id}`);
  const folder = configPath.slice(0, configPath.lastIndexOf('/'));
  return { folder, configPath, config: readConfig(world.disk.text(configPath) ?? '') };
}

/** Status of all products of an id, in the order of the page. */
export function productsOf(world: World, id: string, project: string): ProductStatus[] {
  const { folder } = findOrder(world, id);
  return world.settings.generation === 'b' ? fromDatabase(world, id) : fromFiles(world, folder, id, project);
}

/** The rows collapse by name: the last one wins. */
function fromDatabase(world: World, id: string): ProductStatus[] {
  const rows = world.rows.filter((row) => row.processingId === id);
  return [...new Map(rows.map((row) => [row.name, row])).values()].map(({ processingId: _id, ...status }) => status);
}

/** One product a log file; deselected lines have none. */
function fromFiles(world: World, folder: string, id: string, project: string): ProductStatus[] {
  const { disk } = world;
  return disk.list(`${folder}/logs/`).map((file) => {
    const name = baseName(file).replace(/_log\.txt$/, '');
    const log = disk.text(file) ?? '';
    const stage = disk.text(`${folder}/status/${name}_status.txt`)?.split(' = ')[1];
    if (stage === undefined) throw new PythonError(`IOError: no status of ${name}`);
    const image = withUnit(megabytesOf(log));
    const zipBytes = disk.read(`${folder}/mapped/${name}3b_mapped.bil.zip`)?.bytes.length ?? 0;
    const zip = withUnit(zipBytes / 1_048_576);
    return {
      name,
      stage: labelOf(stage),
      progress: progressOf(stage, log),
      filesize: image.size,
      bytesize: image.unit,
      flag: stage.includes('ERROR'),
      link: `${BASE_PATH}downloads/${id}/${name}?project=${project}`,
      zipsize: zip.size,
      zipbyte: zip.unit,
    };
  });
}
