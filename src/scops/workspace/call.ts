import { exists } from '../../core/files/stat-file.js';
import { readWords } from '../../core/files/system-error.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { ConfigError, JobNotFound } from '../../errors.js';
import { parseProcessingId } from '../names/ids.js';
import type { ScopsEnvironment } from './environment.js';
import type { WorkspaceOptions } from './types.js';

/** One public call on the processing host: the checks of its arguments, and what all calls share. */
export interface WorkspaceCall {
  readonly args: Arguments;
  readonly environment: ScopsEnvironment;
  readonly options: WorkspaceOptions;
}

/** Reads from disk; what cannot be read is a matter of the settings. */
export async function reading<T>({ args }: WorkspaceCall, what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof TypeError || (error instanceof DOMException && error.name === 'AbortError')) throw error;
    throw new ConfigError(`${what} cannot be read: ${readWords(error)}`, args.init);
  }
}

/** The processing folder of an order; the back end appends names to `WEB_OUTPUT` as text. */
export async function folderOf({ args, environment }: WorkspaceCall, processingId: unknown): Promise<string> {
  if (typeof processingId !== 'string' || parseProcessingId(processingId) === undefined)
    throw args.invalid('processingId must be a processing id, such as GB13_08_2014_21720180307152902');
  const folder = `${environment.webOutput}${environment.webOutput.endsWith('/') ? '' : '/'}${processingId}`;
  if (await exists(folder)) return folder;
  throw new JobNotFound(`there is no processing folder ${folder}`, { ...args.init, jobId: processingId });
}
