import { createAtomic } from '../../core/files/create-atomic.js';
import { below } from '../../core/files/paths.js';
import { diskWords } from '../../core/files/system-error.js';
import { sleep, today } from '../../core/util/time.js';
import { ConfigError } from '../../errors.js';
import { formatScopsConfig } from '../config/format.js';
import type { ScopsConfig } from '../config/types.js';
import { checkConfig } from './check-config.js';

const ATTEMPTS = 10;
const SECOND_MS = 1_000;
/** As the web front end writes them, so that the back end's account can change them. */
const MODE = 0o666;

/**
 * Puts an order where the scheduler looks, whole and at once, under a name that no other order has.
 *
 * @returns the config name.
 */
export async function submitConfig(directory: string, config: ScopsConfig, operation: string): Promise<string> {
  await checkConfig(config, operation);
  const text = formatScopsConfig(config);
  const { project_code: project = '', year = '', julianday = '' } = config.defaults;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const name = `${project}_${year}_${julianday}_${localStamp(today())}`;
    if (await create(below(directory, `${name}.cfg`), text, operation)) return name;
    await sleep(SECOND_MS);
  }
  throw new ConfigError('other orders took every name of the last seconds; try again', { centre: 'scops', operation });
}

async function create(path: string, text: string, operation: string): Promise<boolean> {
  try {
    return await createAtomic(path, text, MODE);
  } catch (error) {
    throw new ConfigError(`${path} cannot be written: ${diskWords(error)} (WEB_CONFIG_DIR)`, {
      centre: 'scops',
      operation,
    });
  }
}

/** `YYYYmmddHHMMSS` by the local clock, as the front end does. */
function localStamp(at: Date): string {
  const parts = [at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds()];
  return `${at.getFullYear()}${parts.map((part) => String(part).padStart(2, '0')).join('')}`;
}
