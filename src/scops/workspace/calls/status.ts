import { readProduct } from '../../status/product.js';
import { SECOND_LOOK_MS, settledStatus } from '../../status/settled.js';
import { summarise } from '../../status/summary.js';
import type { CallOptions } from '../../../types.js';
import type { ScopsStatus } from '../../types.js';
import { folderOf, reading, type WorkspaceCall } from '../call.js';
import { readStatusDatabase } from '../status/database.js';
import { readStatusFiles } from '../status/files.js';

/** Reads the state of an order where the options say; an end is reported after a second look only. */
export async function status(call: WorkspaceCall, processingId: string, { signal }: CallOptions): Promise<ScopsStatus> {
  const folder = await folderOf(call, processingId);
  const { dbLocation } = call.environment;
  const look = async (): Promise<ScopsStatus> => {
    signal?.throwIfAborted();
    const records =
      call.options.statusFrom === 'database' && dbLocation !== undefined
        ? await reading(call, `${dbLocation} (DB_LOCATION)`, () => readStatusDatabase(dbLocation, processingId, signal))
        : await reading(call, `${folder}/status`, () => readStatusFiles(folder));
    return summarise(processingId, records.map(readProduct));
  };
  return settledStatus(look, SECOND_LOOK_MS, signal);
}
