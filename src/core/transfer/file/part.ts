import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { monotonic } from '../../util/time.js';
import { Digest } from '../body/digest.js';
import { beginningOf, bytesIn, clipped, joined, withoutLast, type Extents } from './extents.js';
import { openCopy, openPart, readRecord, removePart, type PartPaths, type PartRecord } from './part-file.js';
import { PartRecordFile } from './part-record.js';
import type { Asked } from '../body/range.js';

const REREAD_BYTES = 1024 * 1024;
/** What came faster keeps the date of its last byte. */
const DATED_MS = 1000;
/** The record of a body that is shorter is written only when it breaks off; kill -9 costs no more than this. */
const RECORDED_BYTES = 1024 * 1024;

export interface PartSettings {
  /** Digest of the address. */
  readonly source: string;
  readonly resume: boolean;
  readonly withMd5: boolean;
  readonly signal: AbortSignal;
  /** The lock was taken from a holder that may still write into its part. */
  readonly tookOver: boolean;
  /** Whether the lock is still ours; the files of the part are touched only then. */
  readonly isHeld: () => Promise<boolean>;
}

/**
 * The beginning of a body in its part file, with its digest. Held by one download at a time. The file stays open until it has its
 * name, so that no other file can have its inode.
 */
export class Part {
  readonly paths: PartPaths;
  readonly digest: Digest;
  /** Good bytes at the beginning of the file, which the digest has seen. */
  bytes = 0;
  /** What proves whose beginning it is; without it, it cannot be continued. */
  record: PartRecord | undefined;
  readonly #recordFile: PartRecordFile;
  #handle: FileHandle;
  /** The file may hold bytes. */
  #dirty = false;
  /** Since when the file is known to be what the server has. */
  #sinceMs = monotonic();
  /** All good bytes, while they come side by side. */
  #written: Extents | undefined;
  #buffer: Buffer | undefined;
  readonly #isHeld: () => Promise<boolean>;

  private constructor(paths: PartPaths, handle: FileHandle, recorded: boolean, settings: PartSettings) {
    this.paths = paths;
    this.#handle = handle;
    this.#recordFile = new PartRecordFile(paths, recorded, settings.isHeld);
    this.#isHeld = settings.isHeld;
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
        const { written = joined([], [0, size]), ...known } = record;
        // Nothing is left to ask for of a part that is whole: the last byte is asked for again, to have it vouched for.
        const there = withoutLast(clipped(written, size), record.totalBytes);
        if (record.written !== undefined) part.#written = there;
        await part.#takeUp(beginningOf(there), known, settings.signal);
      }
      return part;
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
  }

  /** How many good bytes are in the file, wherever they are. */
  get there(): number {
    return this.#written === undefined ? this.bytes : bytesIn(this.#written);
  }

  /** All good bytes. */
  get written(): Extents {
    return this.#written ?? joined([], [0, this.bytes]);
  }

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
    this.#written = undefined;
    this.record = record;
    this.#sinceMs = monotonic();
    if (record !== undefined && (record.totalBytes === undefined || record.totalBytes > RECORDED_BYTES))
      await this.#recordFile.write(record);
    else if (this.#recordFile.exists) await this.#recordFile.remove();
  }

  /** From now on bytes may come anywhere in the file. Its record says so before the first of them. */
  async scatter(): Promise<void> {
    this.#written = this.written;
    await this.#save();
  }

  /** Good bytes have come, somewhere in the file. */
  wrote(from: number, to: number): void {
    this.#written = joined(this.written, [from, to]);
    this.#recordFile.saveSoon(() => this.#save());
  }

  /**
   * Digests what goes on where the digest ends.
   *
   * @returns false where the file became shorter.
   */
  digestOn(signal: AbortSignal): Promise<boolean> {
    return this.#digestTo(() => beginningOf(this.written), signal);
  }

  /** Keeps the beginning alone, which the rest can be appended to. */
  async gather(): Promise<void> {
    if (this.#written === undefined) return;
    await this.#recordFile.settle();
    await this.handle.truncate(this.bytes);
    this.#written = undefined;
    if (this.record !== undefined) await this.#recordFile.write(this.record);
  }

  /**
   * Closes the file and keeps it for the next download, if that can continue it; else removes it. Never fails: why the
   * part is left matters more than what comes of it.
   */
  async leave(keep: boolean): Promise<boolean> {
    const { record } = this;
    let kept = keep && this.there > 0 && record !== undefined;
    await this.#recordFile.settle();
    try {
      if (kept && this.#written !== undefined) await this.#save();
      else if (kept && record !== undefined && !this.#recordFile.exists) await this.#recordFile.write(record);
    } catch {
      // A record that could not be replaced knows less, and nothing wrong.
      kept = this.#written !== undefined;
    }
    await this.close().catch(() => undefined);
    if (!kept && (await this.#isHeld())) await removePart(this.paths).catch(() => undefined);
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

  /** Closes a part that has got its name, and removes its record; without a part, one that stays says nothing. */
  async forget(): Promise<void> {
    await this.close().catch(() => undefined);
    if (this.#recordFile.exists) await this.#recordFile.remove().catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.#recordFile.settle();
    if (this.handle.fd >= 0) await this.handle.close();
  }

  /** Writes into the record which bytes are there. */
  async #save(): Promise<void> {
    if (this.record !== undefined) await this.#recordFile.write({ ...this.record, written: this.written });
  }

  async #takeUp(bytes: number, record: PartRecord, signal: AbortSignal): Promise<void> {
    if (this.#written === undefined && bytes > 0) await this.handle.truncate(bytes);
    if (await this.#digestTo(() => bytes, signal)) {
      this.record = this.there > 0 ? record : undefined;
      return;
    }
    // It became shorter: its contents are unknown now.
    this.digest.reset();
    this.bytes = 0;
    this.#written = undefined;
  }

  async #digestTo(end: () => number, signal: AbortSignal): Promise<boolean> {
    const buffer = (this.#buffer ??= Buffer.allocUnsafe(REREAD_BYTES));
    for (let most = end() - this.bytes; most > 0; most = end() - this.bytes) {
      signal.throwIfAborted();
      const { bytesRead } = await this.handle.read(buffer, 0, Math.min(buffer.byteLength, most), this.bytes);
      if (bytesRead === 0) return false;
      this.digest.update(buffer.subarray(0, bytesRead));
      this.bytes += bytesRead;
    }
    return true;
  }
}
