import { defined } from '../../core/util/defined.js';
import { basename, dirname } from 'node:path';
import { SdcError } from '../../errors.js';
import { ensureDirectory } from '../../core/files/directory.js';
import { save } from '../../core/transfer/save.js';
import { Progress, type FileCount } from '../../core/transfer/progress.js';
import { packetService, type ImapOperation } from '../context.js';
import type { ScienceFilePath } from '../names/science.js';
import { packetsRoute } from '../routes.js';
import { assemble, NoPackets } from './assemble.js';
import { nextFile, pathOf, uploadMade } from './upload-made.js';
import type { PacketResult, PacketRun } from './run.js';
import type { PacketFile, PacketSource } from './types.js';
import type { WantedWindow } from './windows.js';

export async function* produceFiles(
  op: ImapOperation,
  run: PacketRun,
  windows: readonly WantedWindow[],
): AsyncGenerator<PacketResult, void, undefined> {
  const { instrument, options } = run;
  const files: FileCount = { done: 0, total: windows.length };
  for (const wanted of windows) {
    op.signal?.throwIfAborted();
    const { window } = wanted;
    let path: string | undefined;
    try {
      const file = await produceFile(op, run, wanted, files, (target) => {
        path = target;
      });
      if (file !== undefined) yield file;
      else files.done += 1;
    } catch (error) {
      op.signal?.throwIfAborted();
      if (options.onFailure !== 'yield' || !(error instanceof SdcError) || error.code === 'closed') throw error;
      files.done += 1;
      yield defined({ status: 'failed', error, source: { instrument, ...window }, path });
    }
  }
}

/** One file, or `undefined` where the window holds no packet. */
async function produceFile(
  op: ImapOperation,
  run: PacketRun,
  wanted: WantedWindow,
  files: FileCount,
  onTarget: (path: string) => void,
): Promise<PacketFile | undefined> {
  const { window } = wanted;
  const target = await nextFile(op, run, window, 0);
  onTarget(pathOf(op, target));
  const progress = new Progress(run.options.onProgress, files);
  progress.name = target.name;
  try {
    const made = await writeFile(op, run, wanted, target, progress);
    if (made === undefined) return undefined;
    const ready = run.upload ? await uploadMade(op, run, window, target, made) : made;
    progress.name = basename(ready.path);
    progress.end(ready.bytes);
    return ready;
  } finally {
    progress.stop();
  }
}

async function writeFile(
  op: ImapOperation,
  run: PacketRun,
  { window, seen }: WantedWindow,
  target: ScienceFilePath,
  progress: Progress,
): Promise<PacketFile | undefined> {
  const { apids, instrument, options } = run;
  const directory = dirname(pathOf(op, target));
  const assembly = { apids, window, seen, directory, name: target.name, options, progress };
  let dispose: (() => Promise<void>) | undefined;
  try {
    const open = async (signal: AbortSignal | undefined): Promise<AsyncIterable<Uint8Array>> => {
      await ensureDirectory(directory);
      const assembled = await assemble(op.with({ signal }), assembly);
      dispose = assembled.dispose;
      return assembled.bytes;
    };
    return await save<PacketSource>(
      packetService(op),
      { url: packetsRoute(apids[0]), open },
      { directory, name: target.name, source: { instrument, ...window } },
      { ...options, onProgress: () => undefined },
    );
  } catch (error) {
    if (error instanceof NoPackets) return undefined;
    throw error;
  } finally {
    await dispose?.();
  }
}
