import { NUMERIC, type NumericArray } from '../../array/data-types.js';
import { sizeOf, type Selection } from '../../array/selection.js';
import type { ByteSource } from '../../source/byte-source.js';
import { readPieces } from '../../source/pieces.js';
import type { Variable } from '../../types.js';
import type { Hdu } from '../hdus.js';
import { imageVariable } from '../image.js';
import { scalingOf } from '../scaling.js';
import { tilePixels, zeros } from './decode.js';
import { imageAttributes } from './image-header.js';
import { copyPart, tilesOf } from './parts.js';
import { readTileRows } from './rows.js';
import { tilingOf, type Tiling } from './tiling.js';

/** An image may be so many times as large as the file, and any file may hold so many bytes of one. */
const MOST_TIMES = 4096;
const ALWAYS_BYTES = 64 * 1024 * 1024;

/** The image in a table of compressed tiles; none where it has no pixels. */
export function compressedImages(source: ByteSource, hdu: Hdu): Variable[] {
  const tiling = tilingOf(hdu);
  const { dtype, shape } = tiling;
  if (shape.length === 0 || shape.includes(0)) return [];
  const { header } = hdu;
  return [
    imageVariable({
      name: hdu.name,
      header,
      dtype,
      axes: [...shape].reverse(),
      attributes: imageAttributes(header),
      scaling: scalingOf(header, 'BSCALE', 'BZERO', header.has('BLANK') ? 'BLANK' : 'ZBLANK'),
      pixels: (part) => readTiles(source, tiling, part),
    }),
  ];
}

/** The pixels of a part: of the tiles that it overlaps, one after the other. */
async function readTiles(source: ByteSource, tiling: Tiling, part: Selection): Promise<NumericArray> {
  const { dtype, hdu, tileShape, columns } = tiling;
  if (columns.has('NULL_PIXEL_MASK'))
    throw hdu.header.wrong(`${hdu.name} has masks of null pixels (ZMASKCMP), which are not read`);
  const itemBytes = NUMERIC[dtype].bytes;
  const most = ALWAYS_BYTES + MOST_TIMES * source.size;
  const count = sizeOf(part.count);
  for (const pixels of [count, sizeOf(tileShape)])
    if (pixels * itemBytes > most)
      throw hdu.header.wrong(
        `${hdu.name} claims to unpack to ${pixels * itemBytes} bytes, which is too many for this file`,
      );
  const result = zeros(dtype, count);
  if (count === 0) return result;
  const parts = tilesOf(tiling, part);
  const rows = await readTileRows(
    source,
    tiling,
    parts.map(({ tile }) => tile),
  );
  await readPieces(source, rows, (bytes, index) => {
    const [row, own] = [rows[index], parts[index]];
    if (row !== undefined && own !== undefined)
      copyPart(tilePixels(tiling, row, bytes, own.count), own, result, part.count);
  });
  return result;
}
