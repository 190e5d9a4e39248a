import { isSdcError } from '../../errors.js';
import type { MirroredFile } from '../../types.js';
import { onDisk } from '../transfer/failures.js';
import { now } from '../util/time.js';
import type { Run } from './context.js';
import { deleteBelow } from './disk.js';
import { toLocal } from './local-path.js';
import type { ManifestEntry } from './manifest-line.js';

/**
 * What becomes of a file that was not listed, where the caller wants to know: the centre is asked about it, since a listing may leave out what it
 * cannot read. `undefined`: it stays.
 *
 * @param source - What was asked for.
 */
export async function withdrawn(
  run: Run,
  { path, bytes, sha256 }: ManifestEntry,
  source: unknown,
): Promise<MirroredFile | undefined> {
  const { op, plan, options, counts } = run;
  if (options.remove !== 'list' && options.remove !== 'delete') return undefined;
  try {
    if (await plan.isThere(source, op.signal ?? new AbortController().signal)) return undefined;
  } catch (error) {
    op.signal?.throwIfAborted();
    op.assertOpen();
    op.warn(`it is unknown whether the centre still has ${path}, so it is kept: ${String(error)}`);
    return undefined;
  }
  if (options.remove === 'delete' && options.dryRun !== true) {
    try {
      await remove(run, path);
    } catch (error) {
      op.signal?.throwIfAborted();
      if (!isSdcError(error) || options.onFailure === 'throw') throw error;
      counts.failed += 1;
      return { status: 'failed', path, source, error };
    }
  }
  counts.removed += 1;
  return { status: 'removed', path, bytes, sha256, source };
}

async function remove({ op, plan: { directory }, manifest }: Run, path: string): Promise<void> {
  const deleted = await onDisk(op.init(), toLocal(directory, path), () => deleteBelow(directory, path));
  if (!deleted) {
    op.warn(`${path} is reached through a link that leads out of ${directory}; it is not deleted`);
    return;
  }
  await manifest.append(op.signal, { path, removedAt: new Date(now()).toISOString() });
}
