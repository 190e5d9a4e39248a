import { ConfigError } from '../../errors.js';
import type { DateLike, Downloads, FailedDownload } from '../../types.js';
import { toPath } from '../../core/files/paths.js';
import { readText } from '../../core/files/read-range.js';
import { statFile } from '../../core/files/stat-file.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { withToArray } from '../../core/transfer/downloads.js';
import type { ImapOperation } from '../context.js';
import { DAY_MS, toEndMoment, toMoment } from '../names/days.js';
import { apidsOf, bufferMs } from './instruments.js';
import { produceFiles, type Production } from './produce.js';
import { packetTimes, type ReceivedTimes } from './times.js';
import type { DailyPacketQuery, PacketFile, PacketOptions, PacketSource, RepointingPacketQuery } from './types.js';
import { daysBetween, dayWindow, pointingsOf, type Pointing, type WantedWindow } from './windows.js';

type Made = PacketFile | FailedDownload<PacketSource>;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** `ImapClient.downloadDailyPackets`. */
export function downloadDailyPackets(
  op: ImapOperation,
  query: DailyPacketQuery,
  options: PacketOptions,
): Downloads<Made> {
  return withToArray(daily(op, prepare(op.arguments, query, options), query.by ?? 'ert'));
}

/** `ImapClient.downloadRepointingPackets`. */
export function downloadRepointingPackets(
  op: ImapOperation,
  query: RepointingPacketQuery,
  options: PacketOptions,
): Downloads<Made> {
  const path = toPath(query.repointingFile, op.arguments.label('repointingFile'));
  return withToArray(repointings(op, prepare(op.arguments, query, options), path));
}

async function* daily(op: ImapOperation, prepared: Prepared, by: 'ert' | 'sct'): AsyncGenerator<Made, void, undefined> {
  const { production, span } = prepared;
  requireToken(op);
  const buffer = bufferMs(production.instrument);
  const days =
    by === 'sct'
      ? daysBetween(span.start, span.end).map((day) => [day, new Set<number>()] as const)
      : await daysReceived(op, production, span);
  yield* produceFiles(
    op,
    production,
    days.map(([day, seen]) => ({ window: dayWindow(day, buffer), seen })),
  );
}

async function* repointings(
  op: ImapOperation,
  prepared: Prepared,
  path: string,
): AsyncGenerator<Made, void, undefined> {
  const { production, span } = prepared;
  requireToken(op);
  await statFile(path, 'repointingFile', op.arguments);
  const pointings = pointingsOf(await readText(path, 256 * 1024 * 1024), op.arguments.label(path));
  yield* produceFiles(op, production, await pointingsReceived(op, production, span, pointings));
}

interface Prepared {
  readonly production: Production;
  readonly span: Span;
}

/** Checks what both calls share, at the call. */
function prepare(
  args: Arguments,
  query: {
    readonly instrument: string;
    readonly startTime: DateLike;
    readonly endTime: DateLike;
    readonly upload?: boolean;
  },
  options: PacketOptions,
): Prepared {
  const apids = apidsOf(args, query.instrument);
  const start = toMoment(query.startTime, args.label('startTime'));
  const end = toEndMoment(query.endTime, args.label('endTime'));
  if (start > end) throw args.outOfRange('startTime is after endTime');
  const { instrument, upload = false } = query;
  return { production: { instrument, apids, upload, options }, span: { start, end } };
}

function requireToken(op: ImapOperation): void {
  op.assertOpen();
  if (op.context.settings.webpodaToken === undefined) {
    throw new ConfigError(
      "The IMAP_WEBPODA_TOKEN environment variable or option webpodaToken must be set; make it with: echo -n 'username:password' | base64",
      op.init(),
    );
  }
}

/** Days (midnight, UTC) of the spacecraft times of all packets that were received in a span, with their application ids. */
async function daysReceived(
  op: ImapOperation,
  production: Production,
  span: Span,
): Promise<(readonly [day: number, seen: ReadonlySet<number>])[]> {
  const days = new Map<number, Set<number>>();
  for await (const { apid, times } of timesOf(op, production, span)) {
    for (const time of times) {
      const day = Math.floor(time / DAY_MS) * DAY_MS;
      const seen = days.get(day);
      if (seen === undefined) days.set(day, new Set([apid]));
      else seen.add(apid);
    }
  }
  return [...days].sort(([a], [b]) => a - b);
}

/** The pointings in which a packet lies that was received in a span. */
async function pointingsReceived(
  op: ImapOperation,
  production: Production,
  span: Span,
  pointings: readonly Pointing[],
): Promise<WantedWindow[]> {
  const found = new Map<Pointing, Set<number>>();
  for await (const { apid, times } of timesOf(op, production, span)) {
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
  if (found.size === 0) op.warn('no packets in any pointing');
  return pointings.flatMap((pointing) => {
    const seen = found.get(pointing);
    return seen === undefined ? [] : [{ window: pointing.window, seen }];
  });
}

function timesOf(
  op: ImapOperation,
  { apids, options }: Production,
  span: Span,
): AsyncGenerator<ReceivedTimes, void, undefined> {
  return packetTimes(op, { apids, ...span }, options.concurrency ?? 4);
}
