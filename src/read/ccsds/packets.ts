import { withToArray, type Results } from '../../core/util/results.js';
import { requireNames, requireSignal } from '../options.js';
import type { DataFile } from '../types.js';
import { HEADER_BYTES, IDLE_APID, MAX_PACKET_BYTES } from './primary-header.js';
import { scannedFile, type ScannedFile } from './scanned-files.js';

const WINDOW_BYTES = 4 * 1024 * 1024;

/** A space packet with its bytes. */
export interface CcsdsPacket {
  /** Its row in the table of the file. */
  readonly index: number;
  /** The byte of the file at which it begins. */
  readonly offset: number;
  /** The application process identifier (11 bits): the kind of packet. */
  readonly apid: number;
  /** Whether a secondary header follows the primary one. */
  readonly hasSecondaryHeader: boolean;
  /** 3: a single packet; 1: the first of several; 0: one in between; 2: the last. */
  readonly sequenceFlags: number;
  /** Counts the packets of an application process, modulo 16384. */
  readonly sequenceCount: number;
  /** The spacecraft clock in whole seconds; 0 if the packet is too short for it. */
  readonly shcoarse: number;
  /** The whole packet, with its primary header. */
  readonly bytes: Uint8Array;
}

/** Options of {@link packetsOf}. */
export interface PacketsOptions {
  /** Only packets of this APID. */
  readonly apid?: number | undefined;
  /** Aborts the iteration, which rejects with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of {@link messagesOf}. */
export interface MessagesOptions extends PacketsOptions {
  /**
   * Bytes of the secondary header, which are left out of the data of each packet that has one. Default 4: the clock, as in the
   * packets of IMAP.
   */
  readonly secondaryHeaderBytes?: number | undefined;
}

/** The data of one packet, or of several that belong together. */
export interface CcsdsMessage {
  /** The application process identifier (11 bits): the kind of packet. */
  readonly apid: number;
  /** The spacecraft clock of the first packet. */
  readonly shcoarse: number;
  /** The rows of its packets in the table of the file. */
  readonly packets: readonly number[];
  /** Whether it begins with a first segment, ends with a last one, and no sequence count between is missing. */
  readonly isComplete: boolean;
  /** The data of its packets, without their headers. */
  readonly bytes: Uint8Array;
}

/**
 * The packets of a file one after the other, with their bytes. Only some MB of the file are in memory at a time.
 *
 * @throws `TypeError` when the file is not an open file of CCSDS packets, or an option is unknown or has the wrong form; `RangeError`
 * when `apid` does not have 11 bits; `DataError` when the file can no longer be read.
 *
 * @example
 * ```ts
 * import { openData, packetsOf } from '@lab/sdc/read';
 *
 * await using file = await openData('imap_mag_l0_raw_20240312_v001.pkts');
 * for await (const packet of packetsOf(file, { apid: 1052 })) console.log(packet.shcoarse, packet.bytes.length);
 * ```
 */
export function packetsOf(file: DataFile, options: PacketsOptions = {}): Results<CcsdsPacket> {
  const found = scannedFile(file);
  const { apid, signal } = checkedOptions('packetsOf', options, PACKETS_OPTIONS);
  return withToArray(packetsIn(found, apid, signal));
}

/** Packets one after the other, a window of the file at a time. */
async function* packetsIn(
  found: ScannedFile,
  apid: number | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<CcsdsPacket, void, undefined> {
  const { source, table, packets, end } = found;
  let [window, start] = [new Uint8Array(0), 0];
  for (let index = 0; index < packets; index += 1) {
    if (apid !== undefined && ((table.identification[index] ?? 0) & 2047) !== apid) continue;
    signal?.throwIfAborted();
    const [offset, length] = rangeOf(found, index);
    if (offset < start || offset + length > start + window.byteLength)
      [window, start] = [await source.read(offset, Math.min(Math.max(length, WINDOW_BYTES), end - offset)), offset];
    yield packetAt(found, index, window.slice(offset - start, offset - start + length));
  }
}

/**
 * One packet of a file.
 *
 * @param index - Its row in the table of the file, from 0.
 * @throws `RangeError` when there is no such row; `TypeError` when the file is not an open file of CCSDS packets.
 */
export async function readPacket(file: DataFile, index: number): Promise<CcsdsPacket> {
  const found = scannedFile(file);
  if (!Number.isInteger(index) || index < 0 || index >= found.packets)
    throw new RangeError(`there is no packet ${index}; the file has ${found.packets}`);
  return packetAt(found, index, await found.source.read(...rangeOf(found, index)));
}

/**
 * The data of the packets, with the segments of one APID joined: the first, those in between, and the last. Packets of other APIDs may lie
 * between. Idle packets are left out.
 *
 * @throws `TypeError` when the file is not an open file of CCSDS packets, or an option is unknown or has the wrong form; `RangeError`
 * when `apid` does not have 11 bits, or `secondaryHeaderBytes` is negative; `DataError` when the file can no longer be read.
 */
export function messagesOf(file: DataFile, options: MessagesOptions = {}): Results<CcsdsMessage> {
  const found = scannedFile(file);
  const { apid, signal } = checkedOptions('messagesOf', options, MESSAGES_OPTIONS);
  const { secondaryHeaderBytes = 4 } = options;
  if (typeof secondaryHeaderBytes !== 'number')
    throw new TypeError('messagesOf: secondaryHeaderBytes must be a number of bytes');
  if (!(secondaryHeaderBytes >= 0 && secondaryHeaderBytes <= MAX_PACKET_BYTES))
    throw new RangeError('secondaryHeaderBytes must be the bytes of a header, such as 4');
  return withToArray(joined(packetsIn(found, apid, signal), secondaryHeaderBytes));
}

/** Messages, as soon as their last packet has come; those without one at the end. */
async function* joined(
  packets: AsyncIterable<CcsdsPacket>,
  secondaryHeaderBytes: number,
): AsyncGenerator<CcsdsMessage, void, undefined> {
  const open = new Map<number, Segments>();
  for await (const packet of packets) {
    const { apid, sequenceFlags, sequenceCount } = packet;
    if (apid === IDLE_APID) continue;
    let segments = open.get(apid);
    if ((sequenceFlags & 1) === 1 && segments !== undefined) {
      // A message that never ended, before one that begins.
      yield segments.message(false);
      segments = undefined;
    }
    segments ??= new Segments(packet, sequenceFlags === 1 || sequenceFlags === 3);
    segments.add(packet, packet.hasSecondaryHeader ? secondaryHeaderBytes : 0, sequenceCount);
    if (sequenceFlags === 2 || sequenceFlags === 3) {
      open.delete(apid);
      yield segments.message(true);
    } else open.set(apid, segments);
  }
  for (const segments of open.values()) yield segments.message(false);
}

const PACKETS_OPTIONS = ['apid', 'signal'];
const MESSAGES_OPTIONS = [...PACKETS_OPTIONS, 'secondaryHeaderBytes'];
const MOST_APID = 2047;

function checkedOptions(call: string, options: PacketsOptions, known: readonly string[]): PacketsOptions {
  requireNames(call, options, known);
  requireSignal(call, options.signal);
  const { apid }: { readonly apid?: unknown } = options;
  if (apid !== undefined && typeof apid !== 'number') throw new TypeError(`${call}: apid must be a number`);
  if (apid !== undefined && !(Number.isInteger(apid) && apid >= 0 && apid <= MOST_APID))
    throw new RangeError(`${call}: apid is ${apid}; it must be an integer from 0 to ${MOST_APID}`);
  return options;
}

/** A message that is put together. */
class Segments {
  readonly #first: CcsdsPacket;
  readonly #pieces: Uint8Array[] = [];
  readonly #packets: number[] = [];
  #isComplete: boolean;
  #count: number | undefined;

  constructor(first: CcsdsPacket, begins: boolean) {
    this.#first = first;
    this.#isComplete = begins;
  }

  add({ bytes, index }: CcsdsPacket, secondaryHeaderBytes: number, count: number): void {
    // In some packets of IMAP all segments of a message have one sequence count.
    if (this.#count !== undefined && ((count - this.#count) & 16383) > 1) this.#isComplete = false;
    this.#count = count;
    this.#packets.push(index);
    this.#pieces.push(bytes.subarray(HEADER_BYTES + secondaryHeaderBytes));
  }

  message(ends: boolean): CcsdsMessage {
    const { apid, shcoarse } = this.#first;
    const bytes = new Uint8Array(Buffer.concat(this.#pieces));
    return { apid, shcoarse, packets: this.#packets, isComplete: ends && this.#isComplete, bytes };
  }
}

function rangeOf({ table }: ScannedFile, index: number): [offset: number, length: number] {
  return [table.offset[index] ?? 0, HEADER_BYTES + 1 + (table.dataLength[index] ?? 0)];
}

function packetAt({ table }: ScannedFile, index: number, bytes: Uint8Array): CcsdsPacket {
  const [identification, sequence] = [table.identification[index] ?? 0, table.sequence[index] ?? 0];
  return {
    index,
    offset: table.offset[index] ?? 0,
    apid: identification & 2047,
    hasSecondaryHeader: ((identification >> 11) & 1) === 1,
    sequenceFlags: sequence >> 14,
    sequenceCount: sequence & 16383,
    shcoarse: table.shcoarse[index] ?? 0,
    bytes,
  };
}
