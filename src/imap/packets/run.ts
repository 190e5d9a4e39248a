import { ConfigError } from '../../errors.js';
import type { FailedDownload } from '../../types.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { ImapOperation } from '../context.js';
import { toEndMoment, toMoment } from '../names/days.js';
import { apidsOf } from './instruments.js';
import type { DailyPacketQuery, PacketFile, PacketOptions, PacketSource } from './types.js';

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
