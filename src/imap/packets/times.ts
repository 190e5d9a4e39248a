import { UnexpectedResponse } from '../../errors.js';
import { mapConcurrent } from '../../core/util/concurrency.js';
import type { ImapOperation } from '../context.js';
import { parseTimestamp, DAY_MS } from '../names/days.js';
import { packetTimesRoute } from '../routes.js';
import type { PacketRun } from './run.js';
import { serviceTime } from './windows.js';

/** The longest span of receiving time that one request asks for, to bound the answers. */
const SLICE_MS = 7 * DAY_MS;

export interface ReceivedTimes {
  readonly apid: number;
  /** In milliseconds. */
  readonly times: readonly number[];
}

/**
 * The spacecraft times (whole seconds) of all packets that the ground received in a span, one answer's worth of one application id
 * at a time; never all at once, and in no particular order.
 */
export async function* packetTimes(op: ImapOperation, run: PacketRun): AsyncGenerator<ReceivedTimes, void, undefined> {
  yield* mapConcurrent(
    slicesOf(run),
    run.options.concurrency ?? 4,
    async ({ apid, from, to }, signal) => ({ apid, times: await timesOf(op.with({ signal }), apid, from, to) }),
    op.signal,
  );
}

function* slicesOf({ apids, start, end }: PacketRun): Generator<{ apid: number; from: number; to: number }> {
  for (const apid of apids) {
    for (let from = start; from < end; from += SLICE_MS) yield { apid, from, to: Math.min(from + SLICE_MS, end) };
  }
}

async function timesOf(op: ImapOperation, apid: number, from: number, to: number): Promise<number[]> {
  const { packets } = op.context;
  const call = op.request({ url: packetTimesRoute(apid, serviceTime(from), serviceTime(to)) });
  const { text } = await packets.text(call);
  return text.split('\n').flatMap((line) => {
    const trimmed = line.trim();
    if (trimmed === '') return [];
    const ms = parseTimestamp(trimmed);
    if (ms !== undefined) return ms;
    const shown = JSON.stringify(trimmed.slice(0, 80));
    throw new UnexpectedResponse(
      `the packet service should answer with one time per line for application id ${apid}, got ${shown}`,
      packets.init(call),
    );
  });
}
