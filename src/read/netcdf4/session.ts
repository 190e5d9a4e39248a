import { memorySource } from '../source/sources.js';
import type { ByteSource } from '../source/byte-source.js';
import { closeEngine, damage, openEngine, reasonIn, type Engine } from './engine.js';

/** Files that have an instance of HDF5 at the same time; others get theirs back at their next read. */
const MOST_ENGINES = 4;
const engines = new Map<Session, Engine>();

/** An open file of HDF5. What fails in it ends in `DataError`, and its instance of the library with it. */
export class Session {
  readonly source: ByteSource;
  #opening: Promise<void> | undefined;

  private constructor(source: ByteSource) {
    this.source = source;
  }

  /** Bytes that cannot be read at once, those of a `Blob`, are read whole. */
  static async of(source: ByteSource): Promise<Session> {
    if (source.readSync !== undefined) return new Session(source);
    const whole = memorySource(await source.read(0, source.size), source.path);
    return new Session({ ...whole, read: source.read.bind(source), close: () => source.close() });
  }

  /** Does something in HDF5 without a pause. `what` says what is wrong if it fails. */
  async run<T>(what: string, work: (engine: Engine) => T): Promise<T> {
    await this.source.read(0, 0); // ends it where the signal does
    let engine = engines.get(this);
    // Opening other files may take it away again: once it is there, it is used without a pause.
    while (engine === undefined) {
      await (this.#opening ??= this.#open());
      engine = engines.get(this);
    }
    engine.mounted.messages = '';
    try {
      const result = work(engine);
      const reason = reasonIn(engine.mounted.messages);
      if (reason !== undefined) throw new Error(reason);
      return result;
    } catch (error) {
      engines.delete(this);
      throw damage(this.source, what, engine.mounted.messages, error);
    }
  }

  async #open(): Promise<void> {
    try {
      engines.set(this, await openEngine(this.source));
    } finally {
      this.#opening = undefined;
    }
    for (const [session, oldest] of engines) {
      if (engines.size <= MOST_ENGINES) break;
      engines.delete(session);
      closeEngine(oldest);
    }
  }

  /** Gives back its instance of HDF5. */
  release(): void {
    const engine = engines.get(this);
    engines.delete(this);
    if (engine !== undefined) closeEngine(engine);
  }

  async close(): Promise<void> {
    this.release();
    await this.source.close();
  }
}
