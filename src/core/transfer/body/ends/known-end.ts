import { cdfEnd } from './cdf.js';
import { viewOf, type EndSteps } from './end-judge.js';
import { hdf5End } from './hdf5.js';
import { netcdfEnd } from './netcdf.js';
import { zipEnd } from './zip.js';

const NETCDF = 0x434446;
const HDF5 = 0x894844460d0a1a0an;
/** A superblock lies at the start, or behind a block of the user's own. */
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
