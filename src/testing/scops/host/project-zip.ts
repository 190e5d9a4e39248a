import { makeZip } from '../../kit/zip.js';
import { getValue } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { mailOrderComplete } from '../world/mail.js';
import { baseName } from '../world/disk.js';
import type { Process } from '../world/schedule.js';
import type { ProcessingFolder } from './folder.js';

/** `<project>_<year><jjj>`: name of the project archive and of the folder in it. */
export function projectArchiveName(config: ConfigFile): string {
  const value = (key: string): string => getValue(config, 'DEFAULT', key);
  return `${value('project_code')}_${value('year')}${value('julianday').padStart(3, '0')}`;
}

/**
 * Makes the project archive and sends mail 3, if every product is complete or deselected. The archive grows in place:
 * first it is cut off, then a member is missing (pitfall 17); a second run appends all members again (pitfall 5).
 */
export function* makeProjectZip(folder: ProcessingFolder, config: ConfigFile): Process {
  if (!folder.allStages().every((stage) => stage === 'complete' || stage === 'not processing')) return;
  const { world } = folder;
  const { disk, projectZips, settings } = world;
  const name = projectArchiveName(config);
  const path = `${folder.path}/mapped/${name}.zip`;
  const members = projectZips.get(path) ?? [];
  const products = disk.list(`${folder.path}/mapped/`).filter((file) => file.endsWith('3b_mapped.bil.zip'));
  for (const file of products) {
    members.push({ name: `${name}/${baseName(file)}`, data: disk.read(file)?.bytes ?? new Uint8Array() });
    disk.append(`${folder.path}/mapped/zip_contents.txt`, `${file}\n`);
  }
  projectZips.set(path, members);
  const whole = makeZip(members, { store: true });
  disk.write(path, whole.subarray(0, Math.floor(whole.length / 2)));
  yield settings.timing.projectZip / 2;
  if (members.length > 1) disk.write(path, makeZip(members.slice(0, -1), { store: true }));
  yield settings.timing.projectZip / 2;
  disk.write(path, whole);
  mailOrderComplete(world, getValue(config, 'DEFAULT', 'email'), folder.id, folder.project);
}
