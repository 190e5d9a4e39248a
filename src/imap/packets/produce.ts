import { basename, dirname, join } from 'node:path';
import { AlreadyExists, SdcError } from '../../errors.js';
import type { FailedDownload } from '../../types.js';
import { ensureDirectory, removeFile } from '../../core/files/directory.js';
import { exists } from '../../core/files/stat-file.js';
import { downloadOne } from '../../core/transfer/download.js';
import { Progress, type FileCount } from '../../core/transfer/progress.js';
import { fileBody } from '../../core/transfer/upload.js';
import { Readable } from 'node:stream';
import type { ImapOperation } from '../context.js';
import { ScienceFilePath } from '../names/science.js';
import { queryFiles } from '../query/query.js';
import { isThere } from '../transfer/indexed.js';
import { upload } from '../transfer/upload.js';
import { assemble, NoPackets } from './assemble.js';
import type { PacketFile, PacketOptions, PacketSource } from './types.js';
import type { PacketWindow, WantedWindow } from './windows.js';

/** What all windows of one call share. */
export interface Production {
  readonly instrument: string;
  readonly apids: readonly number[];
  readonly upload: boolean;
  readonly options: PacketOptions;
}

/** So many numbers that are taken already are stepped over. */
const MAX_TAKEN = 100;

/** Makes the files of windows, one after the other. */
export async function* produceFiles(
  op: ImapOperation,
  production: Production,
  windows: readonly WantedWindow[],
): AsyncGenerator<PacketFile | FailedDownload<PacketSource>, void, undefined> {
  const { instrument, options } = production;
  const files: FileCount = { done: 0, total: windows.length };
  for (const wanted of windows) {
    op.signal?.throwIfAborted();
    const { window } = wanted;
    let path: string | undefined;
    try {
      const file = await produceFile(op, production, wanted, files, (target) => {
        path = target;
      });
      if (file !== undefined) yield file;
      else files.done += 1;
    } catch (error) {
      op.signal?.throwIfAborted();
      if (options.onFailure !== 'yield' || !(error instanceof SdcError) || error.code === 'closed') throw error;
      files.done += 1;
      yield { status: 'failed', error, source: { instrument, ...window }, ...(path !== undefined && { path }) };
    }
  }
}

/** One file, or `undefined` where the window holds no packet. */
async function produceFile(
  op: ImapOperation,
  production: Production,
  wanted: WantedWindow,
  files: FileCount,
  onTarget: (path: string) => void,
): Promise<PacketFile | undefined> {
  const { window } = wanted;
  const target = await nextFile(op, production, window, 0);
  onTarget(pathOf(op, target));
  const progress = new Progress(production.options.onProgress, files);
  progress.name = target.name;
  try {
    const made = await writeFile(op, production, wanted, target, progress);
    if (made === undefined) return undefined;
    const ready = production.upload ? await uploadMade(op, production, window, target, made) : made;
    progress.name = basename(ready.path);
    progress.end(ready.bytes);
    return ready;
  } finally {
    progress.stop();
  }
}

function pathOf({ context }: ImapOperation, target: ScienceFilePath): string {
  return join(context.settings.dataDir, ...target.path().split('/'));
}

async function writeFile(
  op: ImapOperation,
  production: Production,
  { window, seen }: WantedWindow,
  target: ScienceFilePath,
  progress: Progress,
): Promise<PacketFile | undefined> {
  const { name: operation } = op;
  const { apids, instrument, options } = production;
  const directory = dirname(pathOf(op, target));
  const assembly = { apids, window, seen, directory, name: target.name, options, progress };
  let dispose: (() => Promise<void>) | undefined;
  try {
    return await downloadOne<PacketSource>(
      op.context.packets,
      {
        operation,
        source: { instrument, ...window },
        call: { operation, url: `apid_${apids[0] ?? ''}.bin` },
        directory,
        name: target.name,
        exactName: true,
        open: async ({ signal }) => {
          await ensureDirectory(directory);
          const assembled = await assemble(op.with({ signal }), assembly);
          dispose = assembled.dispose;
          return assembled.answer;
        },
      },
      { ...options, onProgress: () => undefined, resume: false },
    );
  } catch (error) {
    if (error instanceof NoPackets) return undefined;
    throw error;
  } finally {
    await dispose?.();
  }
}

/** Uploads a file. A number that someone else took meanwhile is replaced by the next; other refusals are told, not thrown. */
async function uploadMade(
  op: ImapOperation,
  production: Production,
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
      await op.changing((delivery) => upload(op, path, {}, delivery));
      return { ...file, uploaded: true };
    } catch (error) {
      op.signal?.throwIfAborted();
      if (!(error instanceof SdcError) || error.code === 'closed') throw error;
      if (!(error instanceof AlreadyExists) || taken >= MAX_TAKEN) {
        op.warn(`${file.path} was not uploaded`, { reason: error.message });
        return { ...file, uploaded: false, uploadError: error };
      }
      target = await nextFile(op, production, window, target.minorVersion);
      file = await renumber(op, file, target);
    }
  }
}

/** The same bytes under another number. */
async function renumber(op: ImapOperation, file: PacketFile, target: ScienceFilePath): Promise<PacketFile> {
  const { name: operation } = op;
  const { packets } = op.context;
  const body = await fileBody(file.path, { operation });
  const moved = await downloadOne(
    packets,
    {
      operation,
      source: file.source,
      call: { operation, url: 'packets' },
      directory: dirname(file.path),
      name: target.name,
      exactName: true,
      open: () => {
        const stream = Readable.from(copied(body.open()), { objectMode: false });
        return Promise.resolve({
          status: 200,
          headers: new Headers(),
          url: packets.baseUrl.href,
          redirected: false,
          text: () => Promise.reject(new TypeError('packets are no text')),
          stream: () => stream,
          discard: () => {
            stream.destroy();
            return Promise.resolve();
          },
        });
      },
    },
    { ...(op.signal && { signal: op.signal }), resume: false, overwrite: 'error' },
  );
  await removeFile(file.path);
  return { ...file, path: moved.path };
}

/** The reader of a file uses its buffers again and again. */
async function* copied(chunks: AsyncIterable<unknown>): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const chunk of chunks) if (chunk instanceof Uint8Array) yield Uint8Array.from(chunk);
}

/**
 * The name with the next free number: one above the highest that queries show and above `after`; before an upload also
 * past those that exist without being shown, since public access lists released files only.
 */
async function nextFile(
  op: ImapOperation,
  { instrument, upload }: Production,
  window: PacketWindow,
  after: number,
): Promise<ScienceFilePath> {
  const { day, repointing } = window;
  const rows = await queryFiles(op, {
    instrument,
    dataLevel: 'l0',
    descriptor: 'raw',
    startDate: day,
    endDate: day,
    majorVersion: 1,
    ...(repointing !== undefined && { repointing }),
  });
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
