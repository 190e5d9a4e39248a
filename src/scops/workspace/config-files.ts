import { defined } from '../../core/util/defined.js';
import { listDirectory } from '../../core/files/directory.js';
import { baseName, below } from '../../core/files/paths.js';
import { readText } from '../../core/files/read-range.js';
import { parseScopsConfig } from '../config/parse.js';
import type { ScopsConfig } from '../config/types.js';
import type { ScopsEnvironment } from './environment.js';
import { parseProcessingId } from '../names/ids.js';
import { judgeConfig } from './judge/judge.js';
import { orderState } from './judge/order-state.js';
import type { WorkspaceOrder, WorkspaceOrderState } from './types.js';

const ENDING = '.cfg';
const MAX_BYTES = 4 * 1024 * 1024;

export interface ConfigFile {
  readonly name: string;
  readonly path: string;
  readonly config?: ScopsConfig;
  readonly problem?: string;
}

/** The config files of the scheduler's directory. */
export async function readConfigs(directory: string): Promise<ConfigFile[]> {
  const files: ConfigFile[] = [];
  for (const { name, kind } of await listDirectory(directory)) {
    if (kind === 'directory' || !name.endsWith(ENDING)) continue;
    const path = below(directory, name);
    files.push({ name: name.slice(0, -ENDING.length), path, ...(await read(path)) });
  }
  return files;
}

async function read(path: string): Promise<{ config: ScopsConfig } | { problem: string }> {
  try {
    return { config: parseScopsConfig(await readText(path, MAX_BYTES)) };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : 'it cannot be read' };
  }
}

/** Why orders in these states do not go on. */
const WAITS: Readonly<Partial<Record<WorkspaceOrderState, string>>> = {
  'held-ftp': 'it waits for its elevation model: ftp_dem_confirmed is False',
  'held-band-maths': 'it waits for its band maths: bandratioset is False',
  'dem-error': 'has_error is True: its elevation model does not cover the flight; it needs another one',
};

/** What is known of the order in a config file. */
export async function orderOf(
  { name, path, config, problem }: ConfigFile,
  environment: ScopsEnvironment,
): Promise<WorkspaceOrder> {
  if (config === undefined) return defined({ configName: name, path, state: 'broken', problem });
  const state = orderState(config);
  const judgement = state === 'submitted' || state === 'dem-error' ? undefined : await judgeConfig(config, environment);
  const isNext = state === 'confirmed' || state === 'restart';
  const wrong = judgement?.problem ?? WAITS[state];
  const folder = config.defaults.output_folder?.replace(/\/+$/u, '') ?? '';
  const processingId = folder === '' ? undefined : baseName(folder);
  return defined({
    configName: name,
    path,
    state: isNext && judgement?.stops === 'scheduler' ? 'broken' : state,
    processingId: processingId && parseProcessingId(processingId) ? processingId : undefined,
    problem: wrong,
  });
}
