import { endAt, exactly, wide, type EndSteps } from './end-judge.js';

/** HDF5, and with it netCDF-4: the superblock (versions 0 to 3) holds the address behind the last byte. */
export function* hdf5End(at: number): EndSteps {
  const version = (yield* exactly(at + 8, 1)).getUint8(0);
  if (version > 3) return { kind: 'cut', why: `its superblock is of version ${version}, which nobody here knows` };
  const old = version < 2;
  const size = (yield* exactly(at + (old ? 13 : 9), 1)).getUint8(0);
  if (size !== 4 && size !== 8) return { kind: 'cut', why: `its addresses are of ${size} bytes` };
  // Base address and one other come first; version 1 has four bytes more than version 0.
  const start = old ? 24 + 4 * version : 12;
  const view = yield* exactly(at + start + 2 * size, size);
  return endAt(wide(view, 0, size, true));
}
