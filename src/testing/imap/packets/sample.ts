import { toDate } from '../../../core/util/dates.js';
import type { ImapSamplePacket } from '../options.js';
import { SIMULATED_APIDS } from './apids.js';
import { ccsdsPacket } from './ccsds.js';

/** A packet on the ground. */
export interface StoredPacket {
  readonly apid: number;
  /** Spacecraft time, milliseconds since 1970. */
  readonly time: number;
  /** When it was received, milliseconds since 1970. */
  readonly ert: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const HOUR = 3_600_000;
const DELAY = 40_000;
/** Packets exist from 5 January 2026 on, for three days. */
const FIRST_DAY = Date.UTC(2026, 0, 5);
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 23.75, 23.9925];

/**
 * Three days of packets of all instruments but IDEX, which has none. What was measured after 18:00 comes down with the pass
 * of the next morning; the noon packet of the second day is received twice, and the second APID of an instrument is silent
 * on the third day.
 */
export function samplePackets(): StoredPacket[] {
  return Object.entries(SIMULATED_APIDS).flatMap(([instrument, apids]) =>
    instrument === 'idex' ? [] : apids.flatMap((apid, index) => packetsOf(apid, index === 1 ? 2 : 3)),
  );
}

function packetsOf(apid: number, days: number): StoredPacket[] {
  const packets = Array.from({ length: days }, (_unused, day) =>
    HOURS.map((hour, index) => packetAt(apid, day * HOURS.length + index, FIRST_DAY + (day * 24 + hour) * HOUR)),
  ).flat();
  const noon = packets[HOURS.length + 4];
  return noon === undefined ? packets : [...packets, { ...noon, ert: noon.ert + 15 * HOUR }];
}

function packetAt(apid: number, sequence: number, hourly: number): StoredPacket {
  // A fraction of a second that differs between APIDs.
  const time = hourly + (apid % 10) * 100;
  const hour = new Date(time).getUTCHours();
  const nextPass = (Math.floor(time / (24 * HOUR)) + 1) * 24 * HOUR + 2 * HOUR;
  const ert = hour >= 18 ? nextPass + sequence * 1000 : time + DELAY;
  return { apid, time, ert, bytes: ccsdsPacket(apid, sequence, time) };
}

/** Reads a packet of the `data` option. */
export function storedPacket(sample: ImapSamplePacket, sequence: number): StoredPacket {
  const time = toDate(sample.time, 'data.packets.time').getTime();
  const ert = sample.ert === undefined ? time + DELAY : toDate(sample.ert, 'data.packets.ert').getTime();
  const { apid, bytes } = sample;
  return { apid, time, ert, bytes: bytes === undefined ? ccsdsPacket(apid, sequence, time) : new Uint8Array(bytes) };
}
