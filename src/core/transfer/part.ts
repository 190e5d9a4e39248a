import type { FileHandle } from 'node:fs/promises';
import { rm } from 'node:fs/promises';
import { Digest } from './digest.js';
import { openPart, readRecord, removePart, writeRecord, type PartPaths, type PartRecord } from './part-file.js';
import type { Asked } from './range.js';

const REREAD_BYTES = 1024 * 1024;
/** The record of a body that is shorter is written only when it breaks off; kill -9 costs no more than this. */
const RECORDED_BYTES = 1024 * 1024;

/** The beginning of a body in its part file, with its digest. Held by one download at a time. */
export class Part {
  readonly paths: PartPaths;
  readonly handle: FileHandle;
  readonly digest: Digest;
  /** Good bytes in the file. */
  bytes = 0;
  /** What proves whose beginning it is; without it, it cannot be continued. */
  record: PartRecord | undefined;
  #recorded: boolean;
  /** The file may hold bytes. */
  #dirty = false;

  private constructor(paths: PartPaths, handle: FileHandle, recorded: boolean, withMd5: boolean) {
    this.paths = paths;
    this.handle = handle;
    this.#recorded = recorded;
    this.digest = new Digest(withMd5);
  }

  /**
   * Opens the part of a target. One that was left by an earlier download is taken up when its record speaks of the
   * same source; it is digested again, since nothing else vouches for its bytes.
   */
  static async open(
    paths: PartPaths,
    settings: { source: string; resume: boolean; withMd5: boolean; signal: AbortSignal },
  ): Promise<Part> {
    const { handle, bytes: size } = await openPart(paths.part);
    try {
      const record = size > 0 ? await readRecord(paths.record) : undefined;
      const part = new Part(paths, handle, record !== undefined, settings.withMd5);
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
    if (!kept) await removePart(this.paths).catch(() => undefined);
    return kept;
  }

  /** Makes the bytes durable and closes the file. */
  async seal(): Promise<void> {
    await this.handle.datasync();
    await this.close();
  }

  /** Removes the record of a part that has got its name; without a part, one that stays says nothing. */
  async forget(): Promise<void> {
    if (this.#recorded) await this.#unwrite().catch(() => undefined);
  }

  async close(): Promise<void> {
    if (this.handle.fd >= 0) await this.handle.close();
  }

  async #write(record: PartRecord): Promise<void> {
    this.#recorded = true;
    await writeRecord(this.paths.record, record);
  }

  async #unwrite(): Promise<void> {
    this.#recorded = false;
    await rm(this.paths.record, { force: true });
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
