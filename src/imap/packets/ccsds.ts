import { createHash } from 'node:crypto';

/** Where a packet is in its file, and what orders it. */
export interface PacketEntry {
  /** Number of the file that holds it. */
  readonly file: number;
  readonly offset: number;
  readonly bytes: number;
  readonly apid: number;
  /** Sequence count, 0 to 16 383, then from 0 again. */
  readonly sequence: number;
  /** Spacecraft clock, whole seconds. */
  readonly seconds: number;
  /** Of the whole packet, to tell doubles. */
  readonly fingerprint: number;
}

const PRIMARY_BYTES = 6;
const SECONDS_BYTES = 4;

/**
 * Finds the packets in a stream of one application id (CCSDS 133.0-B space packets: 6 bytes of primary header, of which the last
 * two tell the length; IMAP packets go on with the spacecraft clock in seconds).
 */
export class PacketScanner {
  readonly packets: PacketEntry[] = [];
  readonly #file: number;
  readonly #apid: number;
  #rest: Uint8Array = new Uint8Array(0);
  #offset = 0;
  #seconds = 0;
  #foreign = false;

  constructor(file: number, apid: number) {
    this.#file = file;
    this.#apid = apid;
  }

  /** Whether the stream is something else than packets of this application id, from its first bytes on. */
  get foreign(): boolean {
    return this.#foreign;
  }

  /** Bytes that did not make a whole packet. */
  get leftOver(): number {
    return this.#rest.byteLength;
  }

  /**
   * Takes the next bytes.
   *
   * @returns a complaint when packets are followed by something else; `undefined` when all is well.
   */
  push(chunk: Uint8Array): string | undefined {
    if (this.#foreign) return undefined;
    let bytes = this.#rest.byteLength === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    while (bytes.byteLength >= PRIMARY_BYTES) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const identification = view.getUint16(0);
      if (identification >> 13 !== 0 || (identification & 0x7ff) !== this.#apid) {
        if (this.packets.length > 0)
          return `at byte ${this.#offset} there is no packet of application id ${this.#apid}`;
        this.#foreign = true;
        return undefined;
      }
      const length = PRIMARY_BYTES + 1 + view.getUint16(4);
      if (bytes.byteLength < length) break;
      this.#take(bytes.subarray(0, length), view, (identification & 0x800) !== 0);
      bytes = bytes.subarray(length);
    }
    this.#rest = Uint8Array.from(bytes);
    return undefined;
  }

  #take(packet: Uint8Array, view: DataView, hasSecondary: boolean): void {
    // A packet without a secondary header belongs to the one before it.
    if (hasSecondary && packet.byteLength >= PRIMARY_BYTES + SECONDS_BYTES)
      this.#seconds = view.getUint32(PRIMARY_BYTES);
    this.packets.push({
      file: this.#file,
      offset: this.#offset,
      bytes: packet.byteLength,
      apid: this.#apid,
      sequence: view.getUint16(2) & 0x3fff,
      seconds: this.#seconds,
      fingerprint: createHash('sha256').update(packet).digest().readUIntBE(0, 6),
    });
    this.#offset += packet.byteLength;
  }
}

/**
 * Packets in time order without doubles. Within one second they stay in the order of their application ids and, within one of
 * these, of their sequence counts, across the step from 16 383 to 0.
 */
export function orderPackets(packets: readonly PacketEntry[]): PacketEntry[] {
  const wrapped = wrappingGroups(packets);
  const place = (packet: PacketEntry): number =>
    packet.sequence < HALF && wrapped.has(groupOf(packet)) ? packet.sequence + 2 * HALF : packet.sequence;
  const sorted = [...packets].sort(
    (a, b) =>
      a.seconds - b.seconds ||
      a.file - b.file ||
      place(a) - place(b) ||
      a.fingerprint - b.fingerprint ||
      a.offset - b.offset,
  );
  return sorted.filter((packet, at) => {
    const before = sorted[at - 1];
    return before === undefined || !isSame(before, packet);
  });
}

/** Groups (application id, second) whose counts reach over the step from 16 383 to 0. */
function wrappingGroups(packets: readonly PacketEntry[]): Set<string> {
  const low = new Map<string, number>();
  const high = new Map<string, number>();
  for (const packet of packets) {
    const group = groupOf(packet);
    low.set(group, Math.min(low.get(group) ?? Infinity, packet.sequence));
    high.set(group, Math.max(high.get(group) ?? -Infinity, packet.sequence));
  }
  return new Set([...low].filter(([group, least]) => (high.get(group) ?? 0) - least > HALF).map(([group]) => group));
}

function groupOf({ file, seconds }: PacketEntry): string {
  return `${file}:${seconds}`;
}

function isSame(a: PacketEntry, b: PacketEntry): boolean {
  return (
    a.apid === b.apid &&
    a.sequence === b.sequence &&
    a.seconds === b.seconds &&
    a.bytes === b.bytes &&
    a.fingerprint === b.fingerprint
  );
}

const HALF = 8192;
