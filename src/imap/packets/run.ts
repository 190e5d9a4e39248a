import { ConfigError } from '../../errors.js';
import type { FailedDownload } from '../../types.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { ImapOperation } from '../context.js';
import { toEndMoment, toMoment } from '../names/days.js';
import type { DailyPacketQuery, PacketFile, PacketOptions, PacketSource } from './types.js';
import { PACKET_APIDS, PACKET_BUFFER_MINUTES } from '../centre.js';

/** What all windows of one call share. */
export interface PacketRun {
  readonly instrument: string;
  readonly apids: readonly number[];
  /** First moment of the span that is asked for, in milliseconds. */
  readonly start: number;
  readonly end: number;
  readonly upload: boolean;
  readonly options: PacketOptions;
}

/** What a call yields for a window that holds packets. */
export type PacketResult = PacketFile | FailedDownload<PacketSource>;

/** Checks what both calls share, at the call. */
export function packetRun(
  args: Arguments,
  query: Pick<DailyPacketQuery, 'instrument' | 'startTime' | 'endTime' | 'upload'>,
  options: PacketOptions,
): PacketRun {
  const apids = apidsOf(args, query.instrument);
  const start = toMoment(query.startTime, args.label('startTime'));
  const end = toEndMoment(query.endTime, args.label('endTime'));
  if (start > end) throw args.outOfRange('startTime is after endTime');
  const { instrument, upload = false } = query;
  return { instrument, apids, start, end, upload, options };
}

/** Refuses a call of a client without the token of the packet service. */
export function requireToken(op: ImapOperation): void {
  op.assertOpen();
  if (!op.context.settings.hasPackets) {
    throw new ConfigError(
      "The IMAP_WEBPODA_TOKEN environment variable or option webpodaToken must be set; make it with: echo -n 'username:password' | base64",
      op.init(),
    );
  }
}

/** How far packets of a day are asked for beyond both its ends, in milliseconds. */
export function bufferMs(instrument: string): number {
  return (PACKET_BUFFER_MINUTES[instrument] ?? 0) * 60_000;
}

/**
 * The application ids of an instrument.
 *
 * @throws `TypeError` that names the instruments that have some.
 */
export function apidsOf(args: Arguments, instrument: unknown): readonly number[] {
  const apids =
    typeof instrument === 'string' && Object.hasOwn(PACKET_APIDS, instrument) ? PACKET_APIDS[instrument] : undefined;
  if (apids !== undefined) return apids;
  const known = Object.keys(PACKET_APIDS).join(', ');
  throw args.invalid(`instrument must be one that sends packets: ${known}; got ${JSON.stringify(instrument)}`);
}
