import { cdfEnd } from './cdf.js';
import { viewOf, type EndSteps, endAt, exactly, wide, type End, type Piece } from './end-judge.js';
import { netcdfEnd } from './netcdf.js';

const NETCDF = 0x434446;
const HDF5 = 0x894844460d0a1a0an;
/** A superblock is at the start, or after a block of the user. */
const SUPERBLOCKS = [0, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];

/** The end of a file by what it is, whatever its name: CDF, netCDF of all kinds, zip archives. */
export function* knownEnd(): EndSteps {
  const { bytes } = yield { at: 0, bytes: 8 };
  if (bytes.byteLength < 8) return { kind: 'unknown' };
  const view = viewOf(bytes);
  const [first, second] = [view.getUint32(0), view.getUint32(4)];
  const version = first & 0xff;
  if (first >>> 8 === NETCDF && (version === 1 || version === 2 || version === 5)) return yield* netcdfEnd(version);
  if (first === 0x504b0304 || first === 0x504b0506) return yield* zipEnd();
  const width = CDF_WIDTHS.get(first);
  if (width !== undefined && (second === 0xffff || second === 0xcccc0001))
    return yield* cdfEnd(width, second === 0xcccc0001);
  for (const at of SUPERBLOCKS) {
    const piece = at === 0 ? { bytes } : yield { at, bytes: 8 };
    if (piece.bytes.byteLength < 8) break;
    if (viewOf(piece.bytes).getBigUint64(0) === HDF5) return yield* hdf5End(at);
  }
  return { kind: 'unknown' };
}

/** First bytes of CDF files, and the width of the offsets in them. */
const CDF_WIDTHS = new Map<number, 4 | 8>([
  [0xcdf30001, 8],
  [0xcdf26002, 4],
  [0x0000ffff, 4],
]);

/** HDF5, and with it netCDF-4: the superblock (versions 0 to 3) holds the address behind the last byte. */
function* hdf5End(at: number): EndSteps {
  const version = (yield* exactly(at + 8, 1)).getUint8(0);
  if (version > 3) return { kind: 'cut', why: `its superblock has the unknown version ${version}` };
  const old = version < 2;
  const size = (yield* exactly(at + (old ? 13 : 9), 1)).getUint8(0);
  if (size !== 4 && size !== 8) return { kind: 'cut', why: `its addresses have ${size} bytes instead of 4 or 8` };
  // Base address and one other come first; version 1 has four bytes more than version 0.
  const start = old ? 24 + 4 * version : 12;
  const view = yield* exactly(at + start + 2 * size, size);
  return endAt(wide(view, 0, size, true));
}

const RECORD_BYTES = 22;
const LOCATOR_BYTES = 20;
/** The longest comment, and the records around the end. */
const TAIL_BYTES = 65_535 + 4096;
const WRITTEN_ELSEWHERE = 0xffff_ffff;

/** Zip: the end record is at the very end, directly after the central directory that it describes. */
function* zipEnd(): EndSteps {
  const tail = yield { last: TAIL_BYTES };
  const view = viewOf(tail.bytes);
  for (let at = view.byteLength - RECORD_BYTES; at >= 0; at -= 1) {
    if (view.getUint32(at) !== 0x504b0506) continue;
    if (at + RECORD_BYTES + view.getUint16(at + 20, true) !== view.byteLength) continue;
    if (closesDirectory(tail, view, at)) return { kind: 'at', bytes: tail.at + view.byteLength };
  }
  return { kind: 'cut', why: 'it does not end with the directory of its members' } satisfies End;
}

function closesDirectory({ at: start }: Piece, view: DataView, at: number): boolean {
  const size = view.getUint32(at + 12, true);
  const offset = view.getUint32(at + 16, true);
  if (size !== WRITTEN_ELSEWHERE && offset !== WRITTEN_ELSEWHERE && offset + size === start + at) return true;
  const locator = at - LOCATOR_BYTES;
  if (locator < 0 || view.getUint32(locator) !== 0x504b0607) return false;
  const record = wide(view, locator + 8, 8, true) - start;
  if (!(record >= 0 && record + 56 <= locator) || view.getUint32(record) !== 0x504b0606) return false;
  return wide(view, record + 48, 8, true) + wide(view, record + 40, 8, true) === start + record;
}
