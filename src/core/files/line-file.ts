import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ensureDirectory } from './directory.js';
import { readText } from './read-range.js';

const LONGEST_BYTES = 1024 ** 3;

/** A text file that only grows, by whole lines; made with its folder if it is not there. */
export class LineFile {
  readonly #handle: FileHandle;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** Opens a file, and reads what is there. A last line that has no end gets one, so that it does not become the beginning of the next. */
  static async open(path: string): Promise<{ readonly file: LineFile; readonly lines: readonly string[] }> {
    await ensureDirectory(dirname(path));
    const handle = await open(path, 'a+');
    try {
      const text = await readText(path, LONGEST_BYTES);
      if (text !== '' && !text.endsWith('\n')) await handle.writeFile('\n');
      return { file: new LineFile(handle), lines: text.split(/\r?\n/u).filter((line) => line !== '') };
    } catch (error) {
      await handle.close().catch(() => undefined);
      throw error;
    }
  }

  /** Adds lines, and waits until they are on the disk. */
  async append(lines: string): Promise<void> {
    await this.#handle.writeFile(lines);
    await this.#handle.datasync();
  }

  async close(): Promise<void> {
    await this.#handle.close().catch(() => undefined);
  }
}
