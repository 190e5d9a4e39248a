import { constants, gunzipSync } from 'node:zlib';
import { endAt, exactly, wide, type EndSteps } from './end-judge.js';

/** Widths of the two generations: offsets of 8 bytes from version 3 on, of 4 before. */
type Width = 4 | 8;

const CHECKSUM = 0b0100;
const MD5 = 0b1000;
const MD5_BYTES = 16;
/** So much of a compressed file is enough for the flags in its first record. */
const PREFIX_BYTES = 4096;
const RLE = 1;
const GZIP = 5;

/**
 * CDF of versions 2 and 3: the global descriptor record says where the last internal record ends; a file that is compressed
 * as a whole ends with its compression parameters. A digest may follow.
 */
export function* cdfEnd(width: Width, compressed: boolean): EndSteps {
  return compressed ? yield* packedEnd(width) : yield* plainEnd(width);
}

function* plainEnd(width: Width): EndSteps {
  // Size, type, offset of the GDR, version, release, encoding, flags.
  const descriptor = yield* exactly(8, 2 * width + 20);
  if (descriptor.getUint32(width) !== 1) return { kind: 'cut', why: 'it does not begin with a CDF descriptor record' };
  const global = wide(descriptor, width + 4, width);
  if (!(global > 8)) return { kind: 'cut', why: 'it does not say where its global descriptor record is' };
  const record = yield* exactly(global, 5 * width + 4);
  if (record.getUint32(width) !== 2)
    return { kind: 'cut', why: `at byte ${global} there is no global descriptor record` };
  const end = wide(record, 4 * width + 4, width);
  if (end <= global) return { kind: 'cut', why: 'it does not say where it ends' };
  return endAt(end + digestBytes(descriptor.getUint32(2 * width + 16)));
}

function* packedEnd(width: Width): EndSteps {
  // Size, type, offset of the parameters, size when unpacked, reserved; then the packed bytes.
  const record = yield* exactly(8, 3 * width + 8);
  if (record.getUint32(width) !== 10) return { kind: 'cut', why: 'it does not begin with a compressed CDF record' };
  const data = 8 + 3 * width + 8;
  const parameters = wide(record, width + 4, width);
  if (!(parameters >= data)) return { kind: 'cut', why: 'it does not say where its compression parameters are' };
  const { bytes: packed } = yield { at: data, bytes: Math.min(PREFIX_BYTES, parameters - data) };
  const last = yield* exactly(parameters, width + 8);
  if (last.getUint32(width) !== 11)
    return { kind: 'cut', why: `at byte ${parameters} there are no compression parameters` };
  const flags = flagsIn(Uint8Array.from(packed), last.getUint32(width + 4), width);
  return endAt(parameters + wide(last, 0, width) + digestBytes(flags));
}

/** The flags of a file that is compressed in another way cannot be read: a digest at its end is not expected. */
function flagsIn(packed: Uint8Array, method: number, width: Width): number {
  const at = 2 * width + 16;
  const plain = method === GZIP ? gunzipped(packed) : method === RLE ? runsUnpacked(packed, at + 4) : new Uint8Array();
  return plain.byteLength < at + 4 ? 0 : new DataView(plain.buffer, plain.byteOffset).getUint32(at);
}

function gunzipped(packed: Uint8Array): Uint8Array {
  try {
    return gunzipSync(packed, { finishFlush: constants.Z_SYNC_FLUSH });
  } catch {
    return new Uint8Array();
  }
}

/** Runs of zeros: a zero and a count mean one zero more than the count. */
function runsUnpacked(packed: Uint8Array, enough: number): Uint8Array {
  const plain: number[] = [];
  for (let at = 0; at < packed.byteLength && plain.length < enough; at += 1) {
    const byte = packed[at] ?? 0;
    plain.push(byte);
    if (byte !== 0) continue;
    at += 1;
    for (let more = packed[at] ?? 0; more > 0; more -= 1) plain.push(0);
  }
  return Uint8Array.from(plain);
}

function digestBytes(flags: number): number {
  return (flags & CHECKSUM) !== 0 && (flags & MD5) !== 0 ? MD5_BYTES : 0;
}
