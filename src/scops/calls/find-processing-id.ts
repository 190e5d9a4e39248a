import { monotonic, sleep } from '../../core/util/time.js';
import { JobNotFound } from '../../errors.js';
import { candidateSeconds, msToStamp, stampToMs, zoneOffsetMs } from '../clock/stamp.js';
import { ServerClock } from '../clock/server-clock.js';
import type { ScopsOperation } from '../context.js';
import { requireConfigName, type ConfigNameParts } from '../names/ids.js';
import { carriesTag } from '../order/tag.js';
import { fetchDetails, checkFolder } from '../status/fetch.js';
import type { FindProcessingIdOptions, SubmittedOrder } from '../types.js';

const WINDOW_MS = 15 * 60_000;
/** At most two questions a second (protocol notes 8.3). */
const INTERVAL_MS = 500;
/** A folder of this age is there for sure. */
const SETTLED_MS = 2_000;
const PROOF_CHECKS = 3;

interface Search {
  readonly order: SubmittedOrder;
  readonly parts: ConfigNameParts;
  readonly since: Date;
  readonly windowMs: number;
  readonly intervalMs: number;
  /** How far the names' clock is ahead of the server's UTC. */
  readonly offsetMs: number;
}

/** Searches for the processing folder of an order by asking for likely ids, and proves it by the order's tag. */
export async function findProcessingId(
  op: ScopsOperation,
  order: SubmittedOrder,
  options: FindProcessingIdOptions,
): Promise<string> {
  const search = searchOf(op, order, options);
  const { since, windowMs, intervalMs, offsetMs } = search;
  const clock = new ServerClock(since);
  const seen = new Set<number>();
  const otherIds: string[] = [];
  const began = monotonic();
  for (let asked = 0; ;) {
    op.signal?.throwIfAborted();
    const now = clock.now();
    const end = Math.min(asked === 0 ? since.getTime() + 62_000 : now - SETTLED_MS, since.getTime() + windowMs);
    const range = { fromMs: since.getTime() + offsetMs, toMs: end + offsetMs };
    const next = candidateSeconds(range).find((at) => !seen.has(at));
    if (next === undefined) {
      if (now - SETTLED_MS > since.getTime() + windowMs || monotonic() - began > windowMs + 60_000)
        throw notFound(op, search, otherIds);
      await sleep(Math.max(intervalMs, 1_000), op.signal);
      continue;
    }
    if (asked > 0) await sleep(intervalMs, op.signal);
    asked += 1;
    const id = idForSecond(search, next);
    const folder = await checkFolder(op, id);
    clock.set(folder.date);
    if (folder.state !== 'absent') {
      if (await isProved(op, search, id)) return id;
      otherIds.push(id);
    }
    if (folder.state !== 'absent' || next <= clock.now() - SETTLED_MS + offsetMs) seen.add(next);
  }
}

function searchOf(
  { arguments: args, context }: ScopsOperation,
  order: SubmittedOrder,
  options: FindProcessingIdOptions,
): Search {
  const parts = requireConfigName(args, order.configName, context.project);
  if (typeof order.tag !== 'string' || order.tag.length < 8)
    throw args.invalid('order.tag must be the tag that submit returned; only the tag proves the id');
  if (order.sortie !== undefined && !/^[A-Za-z]$/u.test(order.sortie))
    throw args.invalid('order.sortie must be one letter');
  const submittedAt = args.date(order.submittedAt, 'order.submittedAt');
  const { confirmedAt = context.memory.confirmed.get(order.configName) ?? submittedAt } = options;
  const least = context.local ? 1 : INTERVAL_MS;
  const offsetMs =
    context.serverTimeZone === undefined
      ? stampToMs(parts.stamp) - Math.floor(submittedAt.getTime() / 1000) * 1000
      : zoneOffsetMs(submittedAt, context.serverTimeZone);
  return {
    order,
    parts,
    since: args.date(confirmedAt, 'confirmedAt'),
    windowMs: options.windowMs ?? WINDOW_MS,
    intervalMs: args.number(options.probeIntervalMs ?? INTERVAL_MS, 'probeIntervalMs', { min: least }),
    offsetMs,
  };
}

/** `<project>_<year>_<day><sortie><stamp>`; year and day as in the config name. */
function idForSecond({ order, parts }: Search, at: number): string {
  const day = /_(\d{1,3})_\d{14}$/u.exec(order.configName)?.[1] ?? String(parts.day);
  return `${parts.project}_${parts.year}_${day}${order.sortie ?? ''}${msToStamp(at)}`;
}

/** Whether the folder's request details contain the tag; a new folder may not show them yet. */
async function isProved(op: ScopsOperation, { order, intervalMs }: Search, id: string): Promise<boolean> {
  for (let check = 1; check <= PROOF_CHECKS; check += 1) {
    const details = await fetchDetails(op, id);
    if (details !== undefined) return carriesTag(details, order.tag);
    await sleep(intervalMs, op.signal);
  }
  return false;
}

function notFound(op: ScopsOperation, { order, windowMs }: Search, otherIds: readonly string[]): JobNotFound {
  const others = otherIds.length === 0 ? '' : ` (other orders of that day began: ${otherIds.join(', ')})`;
  return new JobNotFound(
    `no processing of ${order.configName} began within ${Math.round(windowMs / 60_000)} minutes${others}; has it been confirmed? SCOPS mails the id when processing begins`,
    { ...op.init(), jobId: order.configName },
  );
}
