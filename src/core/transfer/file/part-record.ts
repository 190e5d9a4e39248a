import { removeFile } from '../../files/remove.js';
import { writeRecord, type PartPaths, type PartRecord } from './part-file.js';

/** So long after bytes came side by side, the record says at the latest that they are there; kill -9 costs what came since. */
const SAVED_MS = 500;

/** The record beside a part, written and removed only while the lock is held. */
export class PartRecordFile {
  readonly #paths: PartPaths;
  readonly #isHeld: () => Promise<boolean>;
  #exists: boolean;
  #saving = Promise.resolve();
  #due: NodeJS.Timeout | undefined;

  constructor(paths: PartPaths, exists: boolean, isHeld: () => Promise<boolean>) {
    this.#paths = paths;
    this.#exists = exists;
    this.#isHeld = isHeld;
  }

  get exists(): boolean {
    return this.#exists;
  }

  async write(record: PartRecord): Promise<void> {
    this.#exists = true;
    if (await this.#isHeld()) await writeRecord(this.#paths, record);
  }

  async remove(): Promise<void> {
    this.#exists = false;
    if (await this.#isHeld()) await removeFile(this.#paths.record);
  }

  /** Saves soon, and once for all that comes until then. */
  saveSoon(save: () => Promise<void>): void {
    this.#due ??= setTimeout(() => {
      this.#due = undefined;
      // Without it, the next download fetches a little more.
      this.#saving = this.#saving.then(save).catch(() => undefined);
    }, SAVED_MS);
  }

  /** Nothing writes the record any more. */
  async settle(): Promise<void> {
    clearTimeout(this.#due);
    this.#due = undefined;
    await this.#saving;
  }
}
