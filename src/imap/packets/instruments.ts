import type { Arguments } from '../../core/operation/arguments.js';

function span(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_unused, at) => first + at);
}

/** The packet kinds (application ids) of each instrument, in the order in which they are asked for. */
export const PACKET_APIDS: Readonly<Record<string, readonly number[]>> = {
  codice: [1136, 1152, 1153, ...span(1155, 1162), ...span(1168, 1174)],
  glows: [1480, 1481],
  hi: [740, 754, 769, 770, 772, 804, 818, 833, 834, 836],
  hit: [1251, 1252, 1253],
  ialirt: [478],
  idex: [1418, 1419, 1424],
  lo: [673, 676, 677, 705, 706, 707, 708],
  mag: [1052, 1068],
  spacecraft: [594],
  swapi: [1184, 1188],
  swe: [1330, 1334, 1344],
  ultra: [
    ...span(865, 877),
    ...span(880, 889),
    ...span(896, 901),
    ...span(929, 941),
    ...span(944, 953),
    ...span(960, 965),
  ],
};

const BUFFER_MINUTES: Readonly<Record<string, number>> = { hit: 20, mag: 30, swapi: 1, swe: 1, codice: 7 };

/** How far packets of a day are asked for beyond both its ends, in milliseconds. */
export function bufferMs(instrument: string): number {
  return (BUFFER_MINUTES[instrument] ?? 0) * 60_000;
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
