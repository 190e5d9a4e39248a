import { dirname } from 'node:path';
import { AlreadyExists, SdcError } from '../../errors.js';
import { removeFile } from '../../core/files/directory.js';
import { save } from '../../core/transfer/save.js';
import { fileBody } from '../../core/transfer/upload.js';
import { packetService, type ImapOperation } from '../context.js';
import type { ScienceFilePath } from '../names/science.js';
import { sendFile } from '../transfer/send-file.js';
import { MAX_TAKEN, nextFile } from './next-file.js';
import type { PacketRun } from './run.js';
import type { PacketFile } from './types.js';
import type { PacketWindow } from './windows.js';

/** Uploads a file. A number that someone else has taken is replaced by the next; other refusals are reported, not thrown. */
export async function uploadMade(
  op: ImapOperation,
  run: PacketRun,
  window: PacketWindow,
  first: ScienceFilePath,
  made: PacketFile,
): Promise<PacketFile> {
  if (made.status === 'skipped') {
    // It may be older than what the service has now, and a number of the archive is given away once.
    const advice = "upload sends it as it is; with option overwrite set to 'replace' it is made again and sent";
    op.warn(`${made.path} was there already and was not uploaded: ${advice}`);
    return { ...made, uploaded: false };
  }
  let target = first;
  let file = made;
  for (let taken = 0; ; taken += 1) {
    try {
      const { path } = file;
      await op.changing((delivery) => sendFile(op, path, {}, delivery));
      return { ...file, uploaded: true };
    } catch (error) {
      op.signal?.throwIfAborted();
      if (!(error instanceof SdcError) || error.code === 'closed') throw error;
      if (!(error instanceof AlreadyExists) || taken >= MAX_TAKEN) {
        op.warn(`${file.path} was not uploaded`, { reason: error.message });
        return { ...file, uploaded: false, uploadError: error };
      }
      target = await nextFile(op, run, window, target.minorVersion);
      file = await renumber(op, file, target);
    }
  }
}

/** The same bytes under another number. */
async function renumber(op: ImapOperation, file: PacketFile, target: ScienceFilePath): Promise<PacketFile> {
  const body = await fileBody(op.arguments, file.path);
  const moved = await save(
    packetService(op),
    { url: '.', open: () => Promise.resolve(copied(body.open())) },
    { directory: dirname(file.path), name: target.name, source: file.source },
    { overwrite: 'error' },
  );
  await removeFile(file.path);
  return { ...file, path: moved.path };
}

/** The reader of a file uses its buffers again and again. */
async function* copied(chunks: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) if (chunk instanceof Uint8Array) yield Uint8Array.from(chunk);
}
