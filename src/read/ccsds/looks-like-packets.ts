import type { ByteSource } from '../source/byte-source.js';
import { HEADER_BYTES, identificationOf, packetBytes, sequenceOf } from './primary-header.js';

/** As many packets are looked at. */
const PACKETS = 16;
/** With fewer whole packets the file has to end with one of them. */
const ENOUGH = 4;
const SEQUENCES = 65536;

/**
 * Whether a file begins with packets: version 0, and the sequence counts of each APID go on. Packets have no magic number, so a walk
 * through the first of them has to do.
 */
export async function looksLikePackets(source: ByteSource): Promise<boolean> {
  const sequences = new Map<number, number>();
  let offset = 0;
  for (let packets = 0; packets < PACKETS; packets += 1) {
    if (offset === source.size) return packets > 0;
    if (offset + HEADER_BYTES > source.size) return packets >= ENOUGH;
    const header = await source.read(offset, HEADER_BYTES);
    const [identification, sequence] = [identificationOf(header, 0), sequenceOf(header, 0)];
    if (identification >> 13 !== 0) return false;
    const apid = identification & 2047;
    // Also segments that share a sequence count differ in their flags.
    if (((sequence - (sequences.get(apid) ?? sequence - 1)) & (SEQUENCES - 1)) === 0) return false;
    sequences.set(apid, sequence);
    offset += packetBytes(header, 0);
    if (offset > source.size) return packets >= ENOUGH;
  }
  return true;
}
