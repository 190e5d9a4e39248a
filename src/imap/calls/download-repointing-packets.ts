import type { Downloads } from '../../types.js';
import { toPath } from '../../core/files/paths.js';
import { readText } from '../../core/files/read-range.js';
import { statFile } from '../../core/files/stat-file.js';
import { withToArray } from '../../core/util/results.js';
import type { ImapOperation } from '../context.js';
import { produceFiles } from '../packets/produce.js';
import { packetRun, requireToken, type PacketResult, type PacketRun } from '../packets/run.js';
import { packetTimes } from '../packets/times.js';
import type { PacketOptions, RepointingPacketQuery } from '../packets/types.js';
import { pointingsOf, type Pointing, type WantedWindow } from '../packets/windows.js';

export function downloadRepointingPackets(
  op: ImapOperation,
  query: RepointingPacketQuery,
  options: PacketOptions,
): Downloads<PacketResult> {
  const path = toPath(query.repointingFile, op.arguments.label('repointingFile'));
  return withToArray(repointings(op, packetRun(op.arguments, query, options), path));
}

async function* repointings(
  op: ImapOperation,
  run: PacketRun,
  path: string,
): AsyncGenerator<PacketResult, void, undefined> {
  requireToken(op);
  await statFile(path, 'repointingFile', op.arguments);
  const pointings = pointingsOf(await readText(path, 256 * 1024 * 1024), op.arguments.label(path));
  yield* produceFiles(op, run, await pointingsReceived(op, run, pointings));
}

/** The pointings of the packets that were received in a span. */
async function pointingsReceived(
  op: ImapOperation,
  run: PacketRun,
  pointings: readonly Pointing[],
): Promise<WantedWindow[]> {
  const found = new Map<Pointing, Set<number>>();
  for await (const { apid, times } of packetTimes(op, run)) {
    const seconds = [...new Set(times)];
    for (const pointing of pointings) {
      if (found.get(pointing)?.has(apid) === true) continue;
      const inside = seconds.filter((time) => pointing.start <= time && time < pointing.end);
      if (inside.length === 0) continue;
      const seen = found.get(pointing) ?? new Set();
      found.set(pointing, seen);
      // In the last, begun second the packet itself may come after the end.
      if (inside.some((time) => time + 1000 <= pointing.end)) seen.add(apid);
    }
  }
  if (found.size === 0) op.warn('no pointing has packets');
  return pointings.flatMap((pointing) => {
    const seen = found.get(pointing);
    return seen === undefined ? [] : [{ window: pointing.window, seen }];
  });
}
