import type { FileHandle } from 'node:fs/promises';
import { link, lstat, open, rename, rm, unlink } from 'node:fs/promises';
import { systemCode } from '../../files/system-error.js';
import { monotonic } from '../../util/time.js';
import { Digest } from '../body/digest.js';
import { besideLock } from './lock-file.js';
import {
  openCopy,
  openPart,
  readRecord,
  removePart,
  writeRecord,
  type PartPaths,
  type PartRecord,
} from './part-file.js';
import type { Asked } from '../body/range.js';

const REREAD_BYTES = 1024 * 1024;
/** What came faster keeps the date of its last byte. */
const DATED_MS = 1000;
/** The record of a body that is shorter is written only when it breaks off; kill -9 costs no more than this. */
const RECORDED_BYTES = 1024 * 1024;

/** What a part belongs to. */
export interface PartSettings {
  /** Digest of the address. */
  readonly source: string;
  readonly resume: boolean;
  readonly withMd5: boolean;
  readonly signal: AbortSignal;
  /** The lock was taken from a holder that may still write into its part. */
  readonly tookOver: boolean;
  /** Whether the lock is still ours; what lies under the names of the part is touched only then. */
  readonly stillOurs: () => Promise<boolean>;
}

/**
 * The beginning of a body in its part file, with its digest. Held by one download at a time. The file stays open until it has its
 * name, so that no other file can have its inode.
 */
export class Part {
  readonly paths: PartPaths;
  readonly digest: Digest;
  /** Good bytes in the file. */
  bytes = 0;
  /** What proves whose beginning it is; without it, it cannot be continued. */
  record: PartRecord | undefined;
  #handle: FileHandle;
  #recorded: boolean;
  /** The file may hold bytes. */
  #dirty = false;
  /** Since when the file is known to be what the server has. */
  #sinceMs = monotonic();
  readonly #stillOurs: () => Promise<boolean>;

  private constructor(paths: PartPaths, handle: FileHandle, recorded: boolean, settings: PartSettings) {
    this.paths = paths;
    this.#handle = handle;
    this.#recorded = recorded;
    this.#stillOurs = settings.stillOurs;
    this.digest = new Digest(settings.withMd5);
  }

  get handle(): FileHandle {
    return this.#handle;
  }

  /**
   * Opens the part of a target. One that was left by an earlier download is taken up when its record speaks of the
   * same source; it is digested again, since nothing else vouches for its bytes.
   */
  static async open(paths: PartPaths, settings: PartSettings): Promise<Part> {
    const { handle, bytes: size } = settings.tookOver ? await openCopy(paths) : await openPart(paths);
    try {
      const record = size > 0 ? await readRecord(paths.record) : undefined;
      const part = new Part(paths, handle, record !== undefined, settings);
      part.#dirty = size > 0;
      if (settings.resume && record?.source === settings.source) {
        // Nothing is left to ask for of a part that is whole: the last byte is asked for again, to have it vouched for.
        const bytes = record.totalBytes === undefined ? size : Math.min(size, record.totalBytes - 1);
        await part.#takeUp(bytes, record, settings.signal);
      }
      return part;
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
  }

  /** What to ask for next. */
  get asked(): Asked {
    if (this.record === undefined) return { fromBytes: 0 };
    return { fromBytes: this.bytes, validator: this.record.validator, totalBytes: this.record.totalBytes };
  }

  /** Forgets all bytes and begins a new body. */
  async startOver(record: PartRecord | undefined, withMd5 = false): Promise<void> {
    if (this.#dirty) await this.handle.truncate(0);
    if (this.#dirty || withMd5) this.digest.reset(withMd5);
    // From now on bytes may come.
    this.#dirty = true;
    this.bytes = 0;
    this.record = record;
    this.#sinceMs = monotonic();
    if (record !== undefined && (record.totalBytes === undefined || record.totalBytes > RECORDED_BYTES))
      await this.#write(record);
    else if (this.#recorded) await this.#unwrite();
  }

  /**
   * Closes the file and keeps it for the next download, if that can continue it; else removes it. Never fails: why the
   * part is left matters more than what comes of it.
   */
  async leave(keep: boolean): Promise<boolean> {
    const { record } = this;
    let kept = keep && this.bytes > 0 && record !== undefined;
    try {
      if (kept && record !== undefined && !this.#recorded) await this.#write(record);
    } catch {
      kept = false;
    }
    await this.close().catch(() => undefined);
    if (!kept && (await this.#stillOurs())) await removePart(this.paths).catch(() => undefined);
    return kept;
  }

  /**
   * Makes the bytes durable, and dates them to the answer that they came with: what the centre changed while they came is newer.
   * The clock is that of the file system.
   */
  async seal(): Promise<void> {
    await this.handle.datasync();
    const tookMs = monotonic() - this.#sinceMs;
    if (tookMs < DATED_MS) return;
    const { atime, mtimeMs } = await this.handle.stat();
    await this.handle.utimes(atime, new Date(mtimeMs - tookMs));
  }

  /** Takes up a file that was put in the place of the part. */
  async adopt(): Promise<void> {
    const other = await open(this.paths.part, 'r');
    await this.close();
    this.#handle = other;
  }

  /**
   * Takes the part away under a name that nobody else knows, so that what gets the final name is certain.
   *
   * @returns the name; `undefined` where the file of this name is another holder's, which is put back, or gone.
   */
  async withdraw(): Promise<string | undefined> {
    const { part, lock } = this.paths;
    const aside = besideLock(lock);
    try {
      await rename(part, aside);
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw error;
    }
    const [own, found] = [await this.handle.stat({ bigint: true }), await lstat(aside, { bigint: true })];
    if (own.ino === found.ino && own.dev === found.dev) return aside;
    try {
      await link(aside, part);
      await unlink(aside);
    } catch {
      await rename(aside, part);
    }
    return undefined;
  }

  /** Undoes {@link withdraw}. */
  async putBack(aside: string): Promise<void> {
    if (await this.#stillOurs()) await rename(aside, this.paths.part);
    else await rm(aside, { force: true });
  }

  /** Closes a part that has got its name, and removes its record; without a part, one that stays says nothing. */
  async forget(): Promise<void> {
    await this.close().catch(() => undefined);
    if (this.#recorded) await this.#unwrite().catch(() => undefined);
  }

  async close(): Promise<void> {
    if (this.handle.fd >= 0) await this.handle.close();
  }

  async #write(record: PartRecord): Promise<void> {
    this.#recorded = true;
    if (await this.#stillOurs()) await writeRecord(this.paths.record, record);
  }

  async #unwrite(): Promise<void> {
    this.#recorded = false;
    if (await this.#stillOurs()) await rm(this.paths.record, { force: true });
  }

  async #takeUp(bytes: number, record: PartRecord, signal: AbortSignal): Promise<void> {
    if (bytes <= 0) return;
    await this.handle.truncate(bytes);
    const buffer = Buffer.allocUnsafe(Math.min(bytes, REREAD_BYTES));
    for (let at = 0; at < bytes;) {
      signal.throwIfAborted();
      const { bytesRead } = await this.handle.read(buffer, 0, Math.min(buffer.byteLength, bytes - at), at);
      if (bytesRead === 0) {
        // It became shorter meanwhile: nobody knows what it is now.
        this.digest.reset();
        return;
      }
      this.digest.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
    this.bytes = bytes;
    this.record = record;
  }
}
