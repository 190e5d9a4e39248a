import { LineFile } from '../../core/files/line-file.js';
import { onDisk } from '../../core/transfer/failures.js';
import { acquireLock, type Lock } from '../../core/transfer/file/lock.js';
import { Mutex } from '../../core/util/locks.js';
import { linkSignals } from '../../core/util/signal.js';
import { now } from '../../core/util/time.js';
import { TransferError } from '../../errors.js';
import type { SccOperation } from '../context.js';
import { formatLine, HEADER, parseLine, type DatalogLine, type Step } from './datalog-line.js';

/** Another station with the same datalog may be about to end. */
const PATIENCE_MS = 2_000;

/** What the datalog says of a file. */
export interface Entry {
  readonly step: Step;
  readonly measurementId?: string | undefined;
  readonly time: Date;
  /** Whether something was asked of the SCC for it: else it failed before that. */
  readonly sent: boolean;
  /** The file as it was taken up; absent where that is not known. */
  readonly fingerprint?: string | undefined;
  readonly message: string;
}

/** The CSV file in which a station writes what it does, before and after; it only grows. One station at a time works with it. */
export class Datalog {
  readonly #op: SccOperation;
  readonly #path: string;
  readonly #file: LineFile;
  readonly #lock: Lock;
  readonly #turn = new Mutex();
  readonly #entries = new Map<string, Entry>();
  #failed = false;

  private constructor(op: SccOperation, path: string, file: LineFile, lock: Lock) {
    this.#op = op;
    this.#path = path;
    this.#file = file;
    this.#lock = lock;
  }

  /**
   * Opens a datalog, and reads what earlier runs wrote.
   *
   * @throws {@link TransferError} when another station works with it, or it cannot be written.
   */
  static async open(op: SccOperation, path: string): Promise<Datalog> {
    return onDisk(op.init(), path, async () => {
      const lock = await lockOf(op, path);
      try {
        const { file, lines } = await LineFile.open(path);
        const datalog = new Datalog(op, path, file, lock);
        datalog.#takeAll(lines);
        if (lines.length === 0) await file.append(`${HEADER}\n`);
        return datalog;
      } catch (error) {
        await lock.release();
        throw error;
      }
    });
  }

  /** A line could not be written: nothing more may be asked of the SCC. */
  get failed(): boolean {
    return this.#failed;
  }

  get(file: string): Entry | undefined {
    return this.#entries.get(file);
  }

  /** The files that it knows, in the order in which they were first written. */
  files(): string[] {
    return [...this.#entries.keys()];
  }

  /** The file of each measurement that was sent, by its id. */
  owners(): Map<string, string> {
    const owners = new Map<string, string>();
    for (const [file, { measurementId, sent }] of this.#entries)
      if (sent && measurementId !== undefined) owners.set(measurementId, file);
    return owners;
  }

  /** Writes a line, and waits until it is on the disk. One that says what the last one of the file said is left out. */
  async write(line: Omit<DatalogLine, 'time'>): Promise<void> {
    const last = this.#entries.get(line.file);
    if (last?.step === line.step && last.message === line.message) return;
    const whole = { ...line, time: new Date(now()) };
    try {
      await this.#turn.run(() =>
        onDisk(this.#op.init(), this.#path, async () => {
          if (!(await this.#lock.isHeld())) throw takenOver(this.#op, this.#path);
          await this.#file.append(formatLine(whole));
        }),
      );
    } catch (error) {
      this.#failed = true;
      throw error;
    }
    this.#take(whole);
  }

  async close(): Promise<void> {
    await this.#file.close();
    await this.#lock.release();
  }

  #takeAll(lines: readonly string[]): void {
    let damaged = 0;
    for (const [at, text] of lines.entries()) {
      const line = parseLine(text);
      if (line !== undefined) this.#take(line);
      // The last line may be what a killed process left.
      else if (at !== 0 && at !== lines.length - 1) damaged += 1;
    }
    if (damaged > 0) this.#op.warn(`${damaged} lines of ${this.#path} cannot be read; they are left out`);
  }

  #take({ file, measurementId, step, message, time }: DatalogLine): void {
    const before = this.#entries.get(file);
    this.#entries.set(file, {
      step,
      message,
      time,
      measurementId: measurementId ?? before?.measurementId,
      sent: before?.sent === true || !['failed', 'later'].includes(step),
      fingerprint: fingerprintIn(message) ?? before?.fingerprint,
    });
  }
}

/** `1234 bytes of 2021-06-01T09:30:00.000Z`, at the beginning of a message. */
function fingerprintIn(message: string): string | undefined {
  return /^\d+ bytes of [\d:.T-]+Z/u.exec(message)?.[0];
}

async function lockOf(op: SccOperation, path: string): Promise<Lock> {
  const busy = new TransferError(`another station uses ${path}; stop it, or give this one its own datalog`, {
    ...op.init(),
    retryable: true,
  });
  const linked = linkSignals(op.signal);
  const timer = setTimeout(() => {
    linked.abort(busy);
  }, PATIENCE_MS);
  try {
    const lock = await acquireLock(`${path}.lock`, {
      signal: linked.signal,
      patienceMs: PATIENCE_MS,
      partPath: path,
      busy: () => busy,
    });
    // For months: a sign of life every few seconds is enough.
    lock.waitsForBytes = true;
    return lock;
  } finally {
    clearTimeout(timer);
    linked.dispose();
  }
}

function takenOver(op: SccOperation, path: string): TransferError {
  return new TransferError(`another station has taken over ${path}; this one stops`, op.init());
}
