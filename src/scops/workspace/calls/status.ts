import { readProduct } from '../../status/product.js';
import { SECOND_CHECK_MS, settledStatus } from '../../status/tracker.js';
import { summarise } from '../../status/summary.js';
import type { CallOptions } from '../../../types.js';
import type { ScopsStatus } from '../../types.js';
import { folderOf, reading, type WorkspaceCall } from '../call.js';
import { readStatusDatabase, readStatusFiles } from '../status/files.js';

/** Reads the state of an order where the options say; an end is reported only after a second check. */
export async function status(call: WorkspaceCall, processingId: string, { signal }: CallOptions): Promise<ScopsStatus> {
  const folder = await folderOf(call, processingId);
  const { dbLocation } = call.environment;
  const check = async (): Promise<ScopsStatus> => {
    signal?.throwIfAborted();
    const records =
      call.options.statusFrom === 'database' && dbLocation !== undefined
        ? await reading(call, `${dbLocation} (DB_LOCATION)`, () => readStatusDatabase(dbLocation, processingId, signal))
        : await reading(call, `${folder}/status`, () => readStatusFiles(folder));
    return summarise(processingId, records.map(readProduct));
  };
  return settledStatus(check, SECOND_CHECK_MS, signal);
}
