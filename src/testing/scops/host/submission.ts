import { findValue, getBoolean, getValue, setValue } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { PythonError } from '../python/error.js';
import { OUTPUT_DIRECTORY } from '../settings.js';
import { baseName } from '../world/disk.js';
import { flightOfConfig } from '../world/flights.js';
import { mailDemError, mailOrderProcessing } from '../world/mail.js';
import type { Process } from '../world/schedule.js';
import { stamp } from '../world/stamp.js';
import type { World } from '../world/world.js';
import { coversFlight, provideDem } from './dem.js';
import { ProcessingFolder } from './folder.js';
import { extraProducts, runLine } from './line-job.js';

const SENSORS = 'feho';

/** Submits one config: folder, elevation model, status entries, mail 2, queue. Gives the processing id. */
export function* submitConfig(world: World, configName: string): Process<string> {
  const config = world.loadConfig(configName);
  const project = getValue(config, 'DEFAULT', 'project_code');
  const { folder, isNew } = openFolder(world, config, configName, project);
  yield world.settings.timing.submission;

  const lines = [...config.sections.keys()];
  const sensor = lines[0]?.charAt(0);
  if (sensor === undefined) throw new PythonError('IndexError: the config has no line');
  if (!SENSORS.includes(sensor)) throw new PythonError(`unknown sensor ${sensor}`);
  const dem = provideDem(world, config, folder.path);
  checkCoverage(world, config, configName, folder, dem);

  setValue(config, 'DEFAULT', 'dem_name', dem);
  setValue(config, 'DEFAULT', 'output_folder', folder.path);
  setValue(config, 'DEFAULT', 'submitted', 'True');
  setValue(config, 'DEFAULT', 'restart', 'False');
  world.saveConfig(configName, config);
  for (const line of lines) {
    if (getBoolean(config, line, 'process')) folder.register(line);
    else folder.registerDeselected(line);
    for (const product of extraProducts(config, line)) folder.register(product);
  }
  if (isNew || !getBoolean(config, 'DEFAULT', 'status_email_sent')) {
    // Where the mail fails, the config counts as submitted although no line was started (pitfall 28).
    mailOrderProcessing(world, getValue(config, 'DEFAULT', 'email'), folder.id, project);
    setValue(config, 'DEFAULT', 'status_email_sent', 'True');
    world.saveConfig(configName, config);
  }
  yield* startLines(world, folder, config, lines);
  return folder.id;
}

/** Takes the folder of an earlier try, or makes one; two of the same name in one second cannot be (pitfall 29). */
function openFolder(
  world: World,
  config: ConfigFile,
  configName: string,
  project: string,
): { folder: ProcessingFolder; isNew: boolean } {
  const known = findValue(config, 'DEFAULT', 'output_folder') ?? '';
  if (known !== '' && world.disk.hasFolder(known)) {
    return { folder: new ProcessingFolder(world, baseName(known), project), isNew: false };
  }
  const [year, day, sortie] = ['year', 'julianday', 'sortie'].map((key) => getValue(config, 'DEFAULT', key));
  const letter = sortie === 'None' ? '' : (sortie ?? '');
  const id = `${project}_${year ?? ''}_${day ?? ''}${letter}${stamp(world.now, world.settings.timeZone)}`;
  if (!world.disk.makeFolder(`${OUTPUT_DIRECTORY}${id}`)) throw new PythonError(`OSError: ${id} exists`);
  world.processingIds.push(id);
  for (const part of ['level1b', 'igm', 'mapped', 'dem', 'status', 'logs']) {
    world.disk.makeFolder(`${OUTPUT_DIRECTORY}${id}/${part}`);
  }
  world.disk.link(`${OUTPUT_DIRECTORY}${id}/${configName}.cfg`, world.configPath(configName));
  return { folder: new ProcessingFolder(world, id, project), isNew: true };
}

/** An uploaded model that is too small stops the order and leads to mail 4. */
function checkCoverage(
  world: World,
  config: ConfigFile,
  configName: string,
  folder: ProcessingFolder,
  dem: string,
): void {
  const uploaded = getValue(config, 'DEFAULT', 'dem').includes('upload');
  if (!uploaded || findValue(config, 'DEFAULT', 'force_dem') !== undefined) return;
  if (coversFlight(world, dem, flightOfConfig(world, config))) return;
  setValue(config, 'DEFAULT', 'has_error', 'True');
  setValue(config, 'DEFAULT', 'output_folder', folder.path);
  world.saveConfig(configName, config);
  mailDemError(world, getValue(config, 'DEFAULT', 'email'), folder.id, folder.project);
  throw new PythonError(`${dem} does not cover the flight`);
}

/** Hands the lines to the queue; `local` works them off within the tick. */
function* startLines(world: World, folder: ProcessingFolder, config: ConfigFile, lines: string[]): Process {
  for (const line of lines) {
    if (world.settings.queue === 'local') yield* runLine(folder, config, line);
    else
      world.schedule.at(world.now + world.settings.timing.queue, () =>
        world.schedule.start(runLine(folder, config, line)),
      );
  }
}
