import { readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { systemCode } from '../files/system-error.js';
import { now } from '../util/time.js';

/** Who holds a lock. */
export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process started, as the system counts; tells it from a later one with the same number. */
  readonly started?: string;
  /** Unique to one hold. */
  readonly token: string;
}

/** Four missed heartbeats. */
const SILENT_MS = 60_000;
/** A lock is written a moment after it is made. */
const UNWRITTEN_MS = 5_000;

let ownStart: Promise<string | undefined> | undefined;

/** This process as a holder. */
export async function ownHolder(token: string): Promise<Holder> {
  ownStart ??= startOf(process.pid);
  const started = await ownStart;
  return { pid: process.pid, host: hostname(), token, ...(started !== undefined && { started }) };
}

/** Reads a lock file; `undefined` when it is missing or not written yet. */
export async function readHolder(lockPath: string): Promise<Holder | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(lockPath, 'utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, host, started, token }: { pid?: unknown; host?: unknown; started?: unknown; token?: unknown } = value;
  if (typeof pid !== 'number' || typeof host !== 'string' || typeof token !== 'string') return undefined;
  return { pid, host, token, ...(typeof started === 'string' && { started }) };
}

/**
 * Whether the holder of a lock can be taken for gone. On this machine the process tells, by number and start; of a
 * holder elsewhere only its heartbeat is known.
 */
export async function holderIsGone(lockPath: string, holder: Holder | undefined): Promise<boolean> {
  const silentMs = await silence(lockPath);
  if (silentMs === undefined) return false;
  if (holder === undefined) return silentMs > UNWRITTEN_MS;
  if (holder.host !== hostname()) return silentMs > SILENT_MS;
  if (!isRunning(holder.pid)) return true;
  const started = holder.started === undefined ? undefined : await startOf(holder.pid);
  // Some systems do not show the processes of others (proc(5), hidepid).
  return started === undefined ? silentMs > SILENT_MS : started !== holder.started;
}

async function silence(lockPath: string): Promise<number | undefined> {
  try {
    return now() - (await stat(lockPath)).mtimeMs;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

/** Start of a process in ticks since boot, where the system shows it (Linux, proc(5), field 22 of stat). */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
