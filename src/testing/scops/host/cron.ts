import { findValue, getBoolean } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { PythonError } from '../python/error.js';
import { CONFIG_DIRECTORY } from '../settings.js';
import { baseName } from '../world/disk.js';
import type { Process } from '../world/schedule.js';
import type { World } from '../world/world.js';
import { submitConfig } from './submission.js';

const MINUTE = 60_000;

/** Starts the job that goes over all configs at each full minute. */
export function startCron(world: World): void {
  const minute = (): void => {
    world.schedule.at(world.now + MINUTE, minute);
    world.schedule.start(tick(world));
  };
  world.schedule.at((Math.floor(world.now / MINUTE) + 1) * MINUTE, minute);
}

/** One run. A config that cannot be digested ends it: those behind have to wait, minute by minute. */
function* tick(world: World): Process {
  yield world.settings.timing.cron;
  for (const path of world.disk.list(CONFIG_DIRECTORY)) {
    if (!path.endsWith('.cfg')) continue;
    const config = baseName(path).replace(/\.cfg$/, '');
    try {
      if (!isDue(world.loadConfig(config))) continue;
      const processingId = yield* submitConfig(world, config);
      world.cronLog.push({ at: world.now, config, processingId });
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      world.cronLog.push({ at: world.now, config, error: error.message });
      return;
    }
  }
}

/** The rules of section 15.1, in their order. */
function isDue(config: ConfigFile): boolean {
  const is = (key: string): boolean => getBoolean(config, 'DEFAULT', key);
  let go = true;
  if (findValue(config, 'DEFAULT', 'ftp_dem') !== undefined && is('ftp_dem')) go = is('ftp_dem_confirmed');
  if (is('submitted')) go = false;
  if (!is('confirmed')) go = false;
  if (is('bandratio') && !['bandratioset', 'bandratiomappedset'].map(is).includes(true)) go = false;
  if (is('restart')) go = true;
  if (is('has_error')) go = false;
  return go;
}
