import { secureFileName } from '../python/text.js';
import { DEM_DIRECTORY } from '../settings.js';
import { stamp } from '../world/stamp.js';
import type { World } from '../world/world.js';
import type { Form } from './form.js';

/** Saves the DEM and header parts of a form, empty ones too; gives the server path of the DEM. */
export function saveDem(world: World, form: Form): string | undefined {
  const dem = form.files.get('file');
  if (dem === undefined) return undefined;
  const stem = `${secureFileName(dem.name).replaceAll('.dem', '')}${stamp(world.now, world.settings.timeZone)}`;
  const path = `${DEM_DIRECTORY}${stem}.dem`;
  world.disk.write(path, dem.bytes);
  const header = form.files.get('header_file');
  if (header !== undefined) world.disk.write(`${DEM_DIRECTORY}${stem}.hdr`, header.bytes);
  return path;
}
