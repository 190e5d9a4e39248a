import { Semaphore } from '../../core/util/locks.js';
import type { LinkedSignal } from '../../core/util/signal.js';
import { sleep } from '../../core/util/time.js';
import type { SccOperation } from '../context.js';
import type { StationEvent } from '../types.js';
import { Datalog } from './datalog.js';
import { Folder } from './folder.js';
import { Inbox } from './inbox.js';
import type { Station, StationPlan } from './plan.js';
import { workOn } from './work-on.js';

/** The products of this many measurements are fetched at a time. */
const DOWNLOADS = 2;

/** Runs a station until its signal aborts; with `once` until all that is there is done or failed. */
export async function* runStation(
  outer: SccOperation,
  plan: StationPlan,
): AsyncGenerator<StationEvent, void, undefined> {
  outer.assertOpen();
  const linked = outer.lifetime.link(outer, outer.signal);
  const op = outer.with({ signal: linked.signal });
  try {
    const datalog = await Datalog.open(op, plan.datalog);
    try {
      const inbox = new Inbox<StationEvent>();
      const station: Station = {
        op,
        plan,
        datalog,
        signal: linked.signal,
        uploads: new Semaphore(1),
        downloads: new Semaphore(DOWNLOADS),
        owners: datalog.owners(),
        tell: (event) => {
          inbox.put(event);
        },
      };
      const working = supervise(station, linked).finally(() => {
        inbox.end();
      });
      // It is waited for when everything that it told was read.
      working.catch(() => undefined);
      try {
        yield* inbox.read();
        await working;
      } finally {
        linked.abort(new DOMException('The loop over the results was left', 'AbortError'));
        await working.catch(() => undefined);
      }
    } finally {
      await datalog.close();
    }
  } finally {
    linked.dispose();
  }
}

/** Looks into the folder again and again, and works on what is due; it ends when all its work has. */
async function supervise(station: Station, linked: LinkedSignal): Promise<void> {
  const { op, plan, signal } = station;
  const folder = new Folder(station);
  const busy = new Map<string, Promise<void>>();
  const start = async (name: string): Promise<void> => {
    try {
      await folder.work(name, workOn);
    } catch (error) {
      linked.abort(error);
    } finally {
      busy.delete(name);
    }
  };
  try {
    for (let look = 1; ; look += 1) {
      const due = await folder.due().catch((error: unknown) => {
        // A share that is not mounted for a while.
        if (look === 1) throw error;
        op.warn(`${plan.folder} cannot be read; trying again`);
        return [];
      });
      for (const name of due) if (!busy.has(name)) busy.set(name, start(name));
      if (plan.once) break;
      await sleep(plan.pollIntervalMs, signal);
    }
  } finally {
    await Promise.all(busy.values());
    signal.throwIfAborted();
  }
}
