import { clockSeconds } from '../archive/coverage.js';
import { noise } from '../data/noise.js';

/**
 * One CCSDS space packet: primary header (version 0, telemetry, secondary header, unsegmented), four bytes of spacecraft
 * clock seconds, two of fraction, data.
 */
export function ccsdsPacket(apid: number, sequence: number, timeMs: number, dataBytes = 18): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0x0800 | (apid & 0x07ff), 0);
  head.writeUInt16BE(0xc000 | (sequence & 0x3fff), 2);
  head.writeUInt16BE(6 + dataBytes - 1, 4);
  const seconds = clockSeconds(timeMs);
  const whole = Math.floor(seconds);
  head.writeUInt32BE(whole, 6);
  head.writeUInt16BE(Math.floor((seconds - whole) * 65_536), 10);
  const data = noise(`${String(apid)} ${String(sequence)} ${String(timeMs)}`, dataBytes);
  return new Uint8Array(Buffer.concat([head, data]));
}
