import { defined } from '../../core/util/defined.js';
import { dirname, join } from 'node:path';
import { AlreadyExists, SdcError } from '../../errors.js';
import { removeFile } from '../../core/files/directory.js';
import { save } from '../../core/transfer/save.js';
import { fileBody } from '../../core/transfer/upload.js';
import { packetService, type ImapOperation } from '../context.js';
import { ScienceFilePath } from '../names/science.js';
import { sendFile } from '../transfer/send-file.js';
import type { PacketRun } from './run.js';
import type { PacketFile } from './types.js';
import type { PacketWindow } from './windows.js';
import { exists } from '../../core/files/stat-file.js';
import { query } from '../calls/query.js';
import { isThere } from '../transfer/indexed.js';

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
    const advice = "upload sends it unchanged; with option overwrite set to 'replace' it is built again and sent";
    op.warn(`${made.path} already existed and was not uploaded: ${advice}`);
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

/** At most this many numbers that are taken already are skipped. */
const MAX_TAKEN = 100;

export function pathOf({ context }: ImapOperation, target: ScienceFilePath): string {
  return join(context.settings.dataDir, ...target.path().split('/'));
}

/**
 * The name with the next free number: one above the highest that queries show and above `after`; before an upload also
 * past those that exist without being shown, since public access lists released files only.
 */
export async function nextFile(
  op: ImapOperation,
  { instrument, upload }: PacketRun,
  window: PacketWindow,
  after: number,
): Promise<ScienceFilePath> {
  const { day, repointing } = window;
  const rows = await query(
    op,
    defined({
      instrument,
      dataLevel: 'l0',
      descriptor: 'raw',
      startDate: day,
      endDate: day,
      majorVersion: 1,
      repointing,
    }),
  );
  const numbers = rows.filter((row) => row.repointing === repointing).map((row) => row.minorVersion ?? 0);
  const name = (minorVersion: number): ScienceFilePath =>
    ScienceFilePath.generate({
      instrument,
      dataLevel: 'l0',
      descriptor: 'raw',
      startDate: day,
      majorVersion: 1,
      minorVersion,
      repointing,
    });
  let minor = Math.max(after, ...numbers, 0) + 1;
  for (let steps = 0; upload && steps < MAX_TAKEN; steps += 1) {
    if (await exists(pathOf(op, name(minor)))) break;
    if (!(await isThere(op, name(minor).path()))) break;
    minor += 1;
  }
  return name(minor);
}
