import type { Arguments } from '../../core/operation/arguments.js';
import { PACKET_APIDS, PACKET_BUFFER_MINUTES } from '../centre.js';

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
