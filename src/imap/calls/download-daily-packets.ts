import type { Downloads } from '../../types.js';
import { withToArray } from '../../core/util/results.js';
import type { ImapOperation } from '../context.js';
import { DAY_MS } from '../names/days.js';
import { bufferMs, packetRun, requireToken, type PacketResult, type PacketRun } from '../packets/run.js';
import { produceFiles } from '../packets/produce.js';
import { packetTimes } from '../packets/times.js';
import type { DailyPacketQuery, PacketOptions } from '../packets/types.js';
import { daysBetween, dayWindow } from '../packets/windows.js';

export function downloadDailyPackets(
  op: ImapOperation,
  query: DailyPacketQuery,
  options: PacketOptions,
): Downloads<PacketResult> {
  return withToArray(daily(op, packetRun(op.arguments, query, options), query.by ?? 'ert'));
}

async function* daily(
  op: ImapOperation,
  run: PacketRun,
  by: 'ert' | 'sct',
): AsyncGenerator<PacketResult, void, undefined> {
  requireToken(op);
  const buffer = bufferMs(run.instrument);
  const days =
    by === 'sct'
      ? daysBetween(run.start, run.end).map((day) => [day, new Set<number>()] as const)
      : await daysReceived(op, run);
  const windows = days.map(([day, seen]) => ({ window: dayWindow(day, buffer), seen }));
  yield* produceFiles(op, run, windows);
}

/** Days (midnight, UTC) of the spacecraft times of all packets that were received in a span, with their application ids. */
async function daysReceived(
  op: ImapOperation,
  run: PacketRun,
): Promise<(readonly [day: number, seen: ReadonlySet<number>])[]> {
  const days = new Map<number, Set<number>>();
  for await (const { apid, times } of packetTimes(op, run)) {
    for (const time of times) {
      const day = Math.floor(time / DAY_MS) * DAY_MS;
      const seen = days.get(day);
      if (seen === undefined) days.set(day, new Set([apid]));
      else seen.add(apid);
    }
  }
  return [...days].sort(([a], [b]) => a - b);
}
