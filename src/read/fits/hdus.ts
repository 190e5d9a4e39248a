import type { NumericType } from '../array/data-types.js';
import type { ByteSource } from '../source/byte-source.js';
import { BLOCK_BYTES, readHeader, type Header } from './header.js';

/** A header and its data. */
export interface Hdu {
  /** `PRIMARY`, else its EXTNAME, else its number; a name that occurs again gets `#2`, `#3` … */
  readonly name: string;
  /** What it is by its header: `IMAGE`, `GROUPS`, `TABLE`, `BINTABLE` or any other type of an extension. */
  readonly kind: string;
  readonly header: Header;
  readonly dataOffset: number;
  readonly dataBytes: number;
  /** The lengths of the axes, NAXIS1 first. */
  readonly axes: readonly number[];
  /** The type of the elements by BITPIX. */
  readonly dtype: NumericType;
}

const TYPES: Readonly<Record<number, NumericType>> = {
  8: 'uint8',
  16: 'int16',
  32: 'int32',
  64: 'int64',
  '-32': 'float32',
  '-64': 'float64',
};

/** All HDUs of a file, and what is odd about it. Nothing of the data is read. */
export async function hdusIn(source: ByteSource): Promise<{ hdus: Hdu[]; warnings: string[] }> {
  const [hdus, warnings]: [Hdu[], string[]] = [[], []];
  const names = new Map<string, number>();
  for (let at = 0; at < source.size || hdus.length === 0;) {
    if (hdus.length > 0 && !(await isExtension(source, at))) {
      warnings.push(`${source.size - at} bytes from byte ${at} on do not belong to any HDU`);
      break;
    }
    const header = await readHeader(source, at);
    const hdu = hduOf(header, hdus.length, names);
    const end = hdu.dataOffset + hdu.dataBytes;
    if (!Number.isSafeInteger(end) || end > source.size)
      throw header.wrong(`${hdu.name} has ${hdu.dataBytes} bytes of data, but the file ends at byte ${source.size}`);
    hdus.push(hdu);
    at = hdu.dataOffset + Math.ceil(hdu.dataBytes / BLOCK_BYTES) * BLOCK_BYTES;
    if (at > source.size)
      warnings.push(`the last block of ${hdu.name} is not padded: ${at - source.size} bytes are missing`);
  }
  return { hdus, warnings };
}

async function isExtension(source: ByteSource, at: number): Promise<boolean> {
  const bytes = await source.read(at, Math.min(8, source.size - at));
  return Buffer.from(bytes).toString('latin1') === 'XTENSION';
}

function hduOf(header: Header, index: number, names: Map<string, number>): Hdu {
  if (index === 0 && header.cards[0]?.keyword !== 'SIMPLE') throw header.wrong('this is not a FITS file');
  const { dtype, axes } = axesOf(header, '');
  const extension = index === 0 ? undefined : (header.text('XTENSION') ?? '');
  const isGroups = extension === undefined && header.flag('GROUPS') && axes[0] === 0;
  const elements = (list: readonly number[]): number => (list.length === 0 ? 0 : list.reduce((a, b) => a * b, 1));
  const groups = isGroups || extension !== undefined;
  const count = groups
    ? header.size('GCOUNT', 1) * (header.size('PCOUNT', 0) + elements(isGroups ? axes.slice(1) : axes))
    : elements(axes);
  return {
    name: nameOf(header, index, names),
    kind: isGroups ? 'GROUPS' : extension === undefined ? 'IMAGE' : extension === 'A3DTABLE' ? 'BINTABLE' : extension,
    header,
    axes,
    dtype,
    dataOffset: header.offset + header.bytes,
    dataBytes: count * (Math.abs(header.number('BITPIX') ?? 0) / 8),
  };
}

/** The type and the axes of an image: `Z` before the keywords where it is compressed. */
export function axesOf(header: Header, prefix: '' | 'Z'): { dtype: NumericType; axes: number[] } {
  const bits = header.number(`${prefix}BITPIX`);
  const dtype = TYPES[bits ?? 0];
  if (dtype === undefined)
    throw header.wrong(`${prefix}BITPIX is ${bits ?? 'missing'}; it must be 8, 16, 32, 64, -32 or -64`);
  const count = header.size(`${prefix}NAXIS`);
  if (count > 999) throw header.wrong(`${prefix}NAXIS is ${count}; the maximum is 999`);
  return { dtype, axes: Array.from({ length: count }, (_, axis) => header.size(`${prefix}NAXIS${axis + 1}`)) };
}

function nameOf(header: Header, index: number, names: Map<string, number>): string {
  const given = header.text('EXTNAME')?.trim() ?? '';
  const name = index === 0 ? 'PRIMARY' : given === '' ? `HDU${index}` : given;
  return unusedName(name, names);
}

/** The name itself, or with `#2`, `#3` … where it was used before; `names` counts how often each was. */
export function unusedName(name: string, names: Map<string, number>): string {
  let [unused, number] = [name, names.get(name) ?? 0];
  while (names.has(unused)) {
    number += 1;
    unused = `${name}#${number}`;
  }
  names.set(name, Math.max(number, 1));
  if (unused !== name) names.set(unused, 1);
  return unused;
}
