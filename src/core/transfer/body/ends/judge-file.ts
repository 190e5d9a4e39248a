import { open, type FileHandle } from 'node:fs/promises';
import { advance, type End, type EndSteps, type Piece, type Wanted } from './end-judge.js';

const WINDOW_BYTES = 64 * 1024;

/** What a judge of a file on the disk finds; `cut` where the file ends in the middle of what it reads. */
export async function endOfFile<T extends { readonly kind: string } = End>(
  judge: () => EndSteps<T>,
  path: string,
  bytes: number,
  signal?: AbortSignal,
): Promise<T | Extract<End, { kind: 'cut' }>> {
  const handle = await open(path, 'r');
  try {
    const window = new Window(handle, bytes);
    const steps = judge();
    let next = advance(steps);
    while (!('kind' in next)) {
      signal?.throwIfAborted();
      next = advance(steps, { wanted: next, piece: await window.read(next) });
    }
    return next;
  } finally {
    await handle.close();
  }
}

/** Reads ahead, since judges ask for little at a time. */
class Window {
  readonly #handle: FileHandle;
  readonly #size: number;
  #start = 0;
  #held: Uint8Array = new Uint8Array();

  constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.#size = size;
  }

  async read(wanted: Wanted): Promise<Piece> {
    const at = 'last' in wanted ? Math.max(0, this.#size - wanted.last) : wanted.at;
    const end = 'last' in wanted ? this.#size : Math.min(this.#size, at + wanted.bytes);
    if (at >= end) return { at, bytes: new Uint8Array() };
    if (at < this.#start || end > this.#start + this.#held.byteLength) await this.#load(at, end - at);
    return { at, bytes: this.#held.subarray(at - this.#start, end - this.#start) };
  }

  async #load(at: number, bytes: number): Promise<void> {
    const buffer = new Uint8Array(Math.min(Math.max(bytes, WINDOW_BYTES), this.#size - at));
    let filled = 0;
    while (filled < buffer.byteLength) {
      const { bytesRead } = await this.#handle.read(buffer, filled, buffer.byteLength - filled, at + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    this.#start = at;
    this.#held = buffer.subarray(0, filled);
  }
}
