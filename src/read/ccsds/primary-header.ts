/** Bytes of the primary header. */
export const HEADER_BYTES = 6;
/** The largest packet: a data length of 16 bits, plus one, after the header. */
export const MAX_PACKET_BYTES = HEADER_BYTES + 65536;
/** The APID of packets that only fill the link. */
export const IDLE_APID = 2047;

/** The bytes of the whole packet whose primary header begins here. */
export function packetBytes(bytes: Uint8Array, at: number): number {
  return HEADER_BYTES + 1 + (((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0));
}

/** The first two bytes: version (3 bits), type, secondary header flag, APID (11 bits). */
export function identificationOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** The next two: sequence flags (2 bits) and sequence count (14 bits). */
export function sequenceOf(bytes: Uint8Array, at: number): number {
  return ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
}

/** SHCOARSE: the first four bytes after the primary header, or 0 where the packet is shorter. */
export function shcoarseOf(bytes: Uint8Array, at: number): number {
  if (packetBytes(bytes, at) < HEADER_BYTES + 4) return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + 4);
  return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
}
