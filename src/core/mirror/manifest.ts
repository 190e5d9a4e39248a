import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { TransferError } from '../../errors.js';
import { ensureDirectory } from '../files/directory.js';
import { systemCode } from '../files/system-error.js';
import { writeAtomic } from '../files/write-atomic.js';
import type { Operation } from '../operation/operation.js';
import { onDisk } from '../transfer/failures.js';
import { acquireLock } from '../transfer/file/lock.js';
import { Mutex } from '../util/locks.js';
import { manifestPath } from './local-path.js';
import { formatLine, type ManifestEntry, type ManifestLine, type RemovedEntry } from './manifest-line.js';
import { ManifestLines } from './manifest-lines.js';

/** So many superseded lines are worth writing the whole manifest once more. */
const MOST_SUPERSEDED = 10_000;
const LINES_AT_A_TIME = 500;

/** The files of a mirror, and what is known of them: `<directory>/.sdc/manifest.jsonl`, which only grows. */
export class Manifest {
  readonly path: string;
  readonly #op: Operation;
  readonly #patienceMs: number;
  readonly #lines = new ManifestLines();
  readonly #work = new Mutex();
  /** Lines that wait for their turn: as many as there are go together. */
  #queue: ManifestLine[] = [];
  /** Which file was read. */
  #identity = '';

  constructor(op: Operation, directory: string) {
    this.#op = op;
    this.#patienceMs = op.idleTimeoutMs;
    this.path = manifestPath(directory);
  }

  /** Held by the process that writes. */
  get lockPath(): string {
    return `${this.path}.lock`;
  }

  /** How many bytes of it are whole lines. */
  get bytes(): number {
    return this.#lines.bytes;
  }

  /** How many lines could not be read. */
  get damaged(): number {
    return this.#lines.damaged;
  }

  get size(): number {
    return this.#lines.entries.size;
  }

  get(path: string): ManifestEntry | undefined {
    return this.#lines.entries.get(path);
  }

  /** Where the last line of a path says that there is no file, what it says. */
  removal(path: string): RemovedEntry | undefined {
    return this.#lines.removal(path);
  }

  entries(): Iterable<ManifestEntry> {
    return this.#lines.entries;
  }

  /** Reads what was added since, by this process or another; all of it, where the file is another one. */
  async refresh(): Promise<void> {
    await this.#onDisk(async () => {
      const handle = await openIfThere(this.path);
      if (handle === undefined) this.#forget();
      else await closing(handle, () => this.#read(handle));
    });
  }

  /** Adds lines at the end, behind what others have added. */
  async append(signal: AbortSignal | undefined, ...lines: readonly ManifestLine[]): Promise<void> {
    this.#queue.push(...lines);
    await this.#work.run(async () => {
      const queued = this.#queue;
      if (queued.length === 0) return;
      this.#queue = [];
      await this.#locked(signal, async () => {
        const handle = await open(this.path, 'a+');
        await closing(handle, async () => {
          // What a killed process left of a line must not become the beginning of this one.
          const start = (await isTorn(handle)) ? '\n' : '';
          await handle.writeFile(start + queued.map(formatLine).join(''));
          await this.#read(handle);
        });
      });
    }, signal);
  }

  /** Writes the last line of each path alone, where most lines are superseded; other processes then read it from its beginning. */
  async compact(signal: AbortSignal | undefined): Promise<void> {
    const isWorthIt = (): boolean => this.#lines.superseded > Math.max(MOST_SUPERSEDED, this.#lines.entries.size);
    if (!isWorthIt()) return;
    await this.alone(signal, async () => {
      await this.refresh();
      if (!isWorthIt()) return;
      await writeAtomic(this.path, texts(this.#lines.last()));
      await this.refresh();
    });
  }

  /** Writes something else into the mirror's own folder, while no other process writes there. */
  async alone(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
    await this.#work.run(() => this.#locked(signal, work), signal);
  }

  async #read(handle: FileHandle): Promise<void> {
    const { dev, ino, size } = await handle.stat({ bigint: true });
    const identity = `${dev}:${ino}`;
    if (identity !== this.#identity || Number(size) < this.#lines.bytes) this.#forget();
    this.#identity = identity;
    if (Number(size) > this.#lines.bytes) await this.#lines.read(handle);
  }

  #forget(): void {
    this.#lines.clear();
    this.#identity = '';
  }

  /** One process at a time: two hosts that append to a file of a network share would overwrite each other's lines. */
  async #locked(signal: AbortSignal | undefined, work: () => Promise<void>): Promise<void> {
    await this.#onDisk(async () => {
      await ensureDirectory(join(this.path, '..'));
      const lock = await acquireLock(this.lockPath, {
        signal: signal ?? new AbortController().signal,
        patienceMs: this.#patienceMs,
        partPath: this.path,
        busy: () =>
          new TransferError(`${this.path} is locked by another process, which makes no progress; stop it`, {
            ...this.#op.init(),
            retryable: true,
          }),
      });
      try {
        await work();
      } finally {
        await lock.release();
      }
    });
  }

  #onDisk<T>(work: () => Promise<T>): Promise<T> {
    return onDisk(this.#op.init(), this.path, work);
  }
}

/** Lines as pieces of a file, many at a time. */
function* texts(lines: Iterable<ManifestLine>): Generator<string, void, undefined> {
  let piece: string[] = [];
  for (const line of lines) {
    piece.push(formatLine(line));
    if (piece.length < LINES_AT_A_TIME) continue;
    yield piece.join('');
    piece = [];
  }
  yield piece.join('');
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function closing<T>(handle: FileHandle, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    await handle.close().catch(() => undefined);
  }
}

/** Whether a file ends in the middle of a line. */
async function isTorn(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 10;
}
