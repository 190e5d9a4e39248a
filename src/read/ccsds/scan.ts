import type { ByteSource } from '../source/byte-source.js';
import { packetTable, resized, type PacketTable } from './packet-table.js';
import { HEADER_BYTES, identificationOf, packetBytes, sequenceOf, shcoarseOf } from './primary-header.js';

const WINDOW_BYTES = 8 * 1024 * 1024;
/** What is looked at of each packet: its header and the clock after it. */
const LOOK_BYTES = HEADER_BYTES + 4;
const FIRST_CAPACITY = 1024;

/** What a walk through a file found. */
export interface Scan {
  readonly table: PacketTable;
  readonly packets: number;
  /** The byte after the last whole packet, and how many are missing to the end of the next one. */
  readonly end: number;
  readonly missing: number;
}

/**
 * Walks through the packets of a file, which lie back to back, in windows of some MB.
 *
 * The table takes at most 20 bytes for a packet, so no more than three times the size of the file.
 */
export async function scan(source: ByteSource): Promise<Scan> {
  const { size } = source;
  let table = packetTable(size, FIRST_CAPACITY);
  let [packets, capacity, offset] = [0, FIRST_CAPACITY, 0];
  let [window, start] = [new Uint8Array(0), 0];
  while (offset + HEADER_BYTES <= size) {
    if (offset + LOOK_BYTES > start + window.byteLength && start + window.byteLength < size) {
      [window, start] = [await source.read(offset, Math.min(WINDOW_BYTES, size - offset)), offset];
    }
    const at = offset - start;
    const bytes = packetBytes(window, at);
    if (offset + bytes > size) break;
    if (packets === capacity) {
      capacity *= 2;
      table = resized(table, size, packets, capacity);
    }
    table.offset[packets] = offset;
    table.identification[packets] = identificationOf(window, at);
    table.sequence[packets] = sequenceOf(window, at);
    table.dataLength[packets] = bytes - HEADER_BYTES - 1;
    table.shcoarse[packets] = shcoarseOf(window, at);
    packets += 1;
    offset += bytes;
  }
  const left = size - offset;
  const expected = left < HEADER_BYTES ? HEADER_BYTES + 1 : packetBytes(window, offset - start);
  const missing = left === 0 ? 0 : expected - left;
  return { table: resized(table, size, packets, packets), packets, end: offset, missing };
}
