import type { ByteSource } from '../../source/byte-source.js';
import { readPieces, type Piece } from '../../source/pieces.js';
import { LETTERS } from '../table/form.js';
import { heapArrays } from '../table/lists.js';
import type { BinaryColumn } from '../table/binary-columns.js';
import type { Tiling } from './tiling.js';

/** The columns in which a tile may lie, the first that has it counts. */
const PLACES = ['COMPRESSED_DATA', 'GZIP_COMPRESSED_DATA', 'UNCOMPRESSED_DATA'] as const;

/** What the table says of a tile. */
export interface TileRow extends Piece {
  /** From 0 on. */
  readonly tile: number;
  readonly place: (typeof PLACES)[number];
  /** Of integers that stand for floats, from the columns or keywords of these names. */
  readonly scale?: number | undefined;
  readonly zero?: number | undefined;
  readonly blank?: number | undefined;
}

/** Reads the rows of tiles. */
export async function readTileRows(source: ByteSource, tiling: Tiling, tiles: readonly number[]): Promise<TileRow[]> {
  const { axes, dataOffset } = tiling.hdu;
  const bytes = axes[0] ?? 0;
  const rows = new Map<number, TileRow>();
  await readPieces(
    source,
    tiles.map((tile) => ({ offset: dataOffset + tile * bytes, bytes })),
    (row, index) => rows.set(index, tileRow(row, tiling, tiles[index] ?? 0)),
  );
  return tiles.map((tile, index) => rows.get(index) ?? noData(tiling, tile));
}

function noData({ hdu }: Tiling, tile: number): never {
  throw hdu.header.wrong(`tile ${tile + 1} of ${hdu.name} has no data`);
}

function tileRow(bytes: Uint8Array, tiling: Tiling, tile: number): TileRow {
  const { hdu, columns } = tiling;
  const number = (name: string): number | undefined => {
    const column = columns.get(name);
    return column === undefined ? hdu.header.number(name) : numberIn(bytes, column);
  };
  for (const place of PLACES) {
    const column = columns.get(place);
    if (column?.form.descriptor === undefined || column.form.bytes === 0) continue;
    const start = column.offset - hdu.dataOffset;
    const [array] = heapArrays(bytes.subarray(start, start + column.form.bytes), column.form, hdu);
    if (array === undefined || array.count === 0) continue;
    return { ...array, tile, place, scale: number('ZSCALE'), zero: number('ZZERO'), blank: number('ZBLANK') };
  }
  return noData(tiling, tile);
}

/** The number in a column of this row. */
function numberIn(row: Uint8Array, { form, offset, hdu, label }: BinaryColumn): number {
  const view = new DataView(row.buffer, row.byteOffset, row.byteLength);
  const [at, type] = [offset - hdu.dataOffset, LETTERS[form.letter]?.dtype];
  if (form.repeat >= 1 && form.descriptor === undefined) {
    if (type === 'float64') return view.getFloat64(at);
    if (type === 'float32') return view.getFloat32(at);
    if (type === 'int32') return view.getInt32(at);
    if (type === 'int16') return view.getInt16(at);
    if (type === 'uint8') return view.getUint8(at);
    if (type === 'int64') return Number(view.getBigInt64(at));
  }
  throw hdu.header.wrong(`column ${label} does not hold a number`);
}
