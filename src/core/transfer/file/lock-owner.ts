import { readFileSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { systemCode } from '../../files/system-error.js';
import { isRecord, parseRecord } from '../../util/records.js';

/** Where the process table that knows a holder is, and what the holder is there. Linux tells it (proc(5)). */
interface SystemIdentity {
  /** Differs at each start of the machine, and between machines. */
  readonly boot: string;
  /** A process number means something within its namespace only. */
  readonly namespace: string;
  /** The thread, by its number in the system: a worker thread may end while its process goes on. */
  readonly thread: number;
  /** When the thread started, in ticks since boot; tells it from a later one with the same number. */
  readonly started: string;
}

export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** Unique to one hold. */
  readonly token: string;
  readonly system?: SystemIdentity | undefined;
}

/** Whether a holder works on, as far as the system tells. */
export type OwnerState = 'alive' | 'gone' | 'unknown';

let own: Omit<LockOwner, 'token'> | undefined;

/** This thread as a holder. */
export function thisOwner(token: string): LockOwner {
  own ??= { pid: process.pid, host: hostname(), system: ownIdentity() };
  return { ...own, token };
}

/** Reads what a lock file says; `undefined` where it says nothing. */
export function parseOwner(text: string): LockOwner | undefined {
  const value = parseRecord(text);
  if (value === undefined) return undefined;
  const { pid, host, token, system } = value;
  if (typeof pid !== 'number' || !Number.isSafeInteger(pid) || pid <= 0) return undefined;
  if (typeof host !== 'string' || typeof token !== 'string') return undefined;
  const identity = parseIdentity(system);
  return { pid, host, token, system: identity };
}

/**
 * Whether a holder works on. Only the process table that it is in can tell: on Linux that of the same boot and namespace, elsewhere
 * that of the host of the same name. Of all others nothing is known.
 */
export async function stateOf({ pid, host, system }: LockOwner): Promise<OwnerState> {
  if (process.platform !== 'linux') return host === hostname() && !isRunning(pid) ? 'gone' : 'unknown';
  const here = thisOwner('').system;
  if (here === undefined || system?.boot !== here.boot || system.namespace !== here.namespace) return 'unknown';
  if (!isRunning(pid)) return 'gone';
  const thread = await taskOf(`/proc/${pid}/task/${system.thread}/stat`);
  if (thread !== undefined) return thread.isOver || thread.started !== system.started ? 'gone' : 'alive';
  // Processes of others may be hidden (proc(5), hidepid).
  const shown = pid === process.pid || (await taskOf(`/proc/${pid}/stat`)) !== undefined;
  return shown ? 'gone' : 'unknown';
}

/** Read at once: what runs asynchronously may run on another thread. */
function ownIdentity(): SystemIdentity | undefined {
  try {
    const [pid, , thread = ''] = readlinkSync('/proc/thread-self').split('/');
    // This is the process table of another namespace.
    if (pid !== String(process.pid)) return undefined;
    const task = parseTask(readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8'));
    if (task === undefined) return undefined;
    return {
      boot: readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(),
      namespace: readlinkSync('/proc/self/ns/pid'),
      thread: Number(thread),
      started: task.started,
    };
  } catch {
    return undefined;
  }
}

function parseIdentity(value: unknown): SystemIdentity | undefined {
  if (!isRecord(value)) return undefined;
  const { boot, namespace, thread, started } = value;
  if (typeof boot !== 'string' || typeof namespace !== 'string' || typeof started !== 'string') return undefined;
  return typeof thread === 'number' && Number.isSafeInteger(thread) ? { boot, namespace, thread, started } : undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

async function taskOf(path: string): Promise<{ readonly started: string; readonly isOver: boolean } | undefined> {
  try {
    return parseTask(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Fields 3 and 22: the state (Z, X: over, but not yet collected by its parent) and the start. */
function parseTask(text: string): { readonly started: string; readonly isOver: boolean } | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state = ''] = fields;
  const started = fields[19];
  return started === undefined ? undefined : { started, isOver: state === 'Z' || state === 'X' };
}
