import { createAtomic } from '../../../core/files/write-atomic.js';
import { below } from '../../../core/files/paths.js';
import { diskWords } from '../../../core/files/system-error.js';
import type { Arguments } from '../../../core/operation/arguments.js';
import { sleep, today } from '../../../core/util/time.js';
import { ConfigError } from '../../../errors.js';
import { readBoolean } from '../../config/parse.js';
import { formatScopsConfig } from '../../config/format.js';
import type { ScopsConfig } from '../../config/types.js';
import type { WorkspaceCall } from '../call.js';
import type { ScopsEnvironment } from '../environment.js';
import { judgeConfig } from '../judge/judge.js';

const ATTEMPTS = 10;
const SECOND_MS = 1_000;
/** As the web front end writes them, so that the back end's account can change them. */
const MODE = 0o666;

/**
 * Puts an order where the scheduler looks, whole and at once, under a name that no other order has.
 *
 * @returns the config name.
 */
export async function submit({ args, environment }: WorkspaceCall, config: ScopsConfig): Promise<string> {
  await requireGood(args, config, environment);
  const text = formatScopsConfig(config);
  const { project_code: project = '', year = '', julianday = '' } = config.defaults;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const name = `${project}_${year}_${julianday}_${localStamp(today())}`;
    if (await create(args, below(environment.webConfigDir, `${name}.cfg`), text)) return name;
    await sleep(SECOND_MS);
  }
  throw new ConfigError('other orders took all names of the last few seconds; try again', args.init);
}

/**
 * Checks a config before the scheduler can see it: one that it cannot digest stops it for everybody (pitfall 4).
 *
 * @throws `TypeError` naming the key.
 */
async function requireGood(args: Arguments, config: ScopsConfig, environment: ScopsEnvironment): Promise<void> {
  const { defaults } = config;
  if (readBoolean(defaults.submitted) === true || readBoolean(defaults.restart) === true)
    throw args.invalid('submitted and restart must be False in a new order');
  if (readBoolean(defaults.has_error) === true)
    throw args.invalid('has_error must be False in a new order; the scheduler skips others');
  if ((defaults.output_folder ?? '') !== '')
    throw args.invalid('output_folder belongs to an earlier order; leave it out');
  const judgement = await judgeConfig(config, environment);
  if (judgement === undefined) return;
  const { stops, problem } = judgement;
  const what = stops === 'scheduler' ? 'the config would stop the scheduler' : 'the worker would never make this order';
  throw args.invalid(`${what}: ${problem}`);
}

async function create(args: Arguments, path: string, text: string): Promise<boolean> {
  try {
    return await createAtomic(path, text, MODE);
  } catch (error) {
    throw new ConfigError(`${path} cannot be written: ${diskWords(error)} (WEB_CONFIG_DIR)`, args.init);
  }
}

/** `YYYYmmddHHMMSS` by the local clock, as the front end does. */
function localStamp(at: Date): string {
  const parts = [at.getMonth() + 1, at.getDate(), at.getHours(), at.getMinutes(), at.getSeconds()];
  return `${at.getFullYear()}${parts.map((part) => String(part).padStart(2, '0')).join('')}`;
}
