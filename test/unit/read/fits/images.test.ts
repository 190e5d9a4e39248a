import { deflateSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { open } from './fixtures.js';
import { card, empty, file, hdu, numbers, table } from './make.js';

const decoded = async (bitpix: number, data: Buffer, more: string[]) => {
  const bytes = Math.abs(bitpix) / 8;
  const found = await open(hdu(bitpix, [data.byteLength / bytes], data, { more }));
  return (await found.variables.get('PRIMARY')!.read()).data;
};

it('integers without a type of their own in FITS get theirs', async () => {
  expect(await decoded(8, Buffer.from([0, 128, 255]), [card('BZERO', -128)])).toEqual(Int8Array.of(-128, 0, 127));
  expect(await decoded(16, numbers.i16(-32768, 0, 32767), [card('BZERO', 32768)])).toEqual(
    Uint16Array.of(0, 32768, 65535),
  );
  expect(await decoded(32, numbers.i32(-(2 ** 31), 1), ['BZERO   = 2147483648.0'])).toEqual(
    Uint32Array.of(0, 2 ** 31 + 1),
  );
  expect(await decoded(64, numbers.i64(-(2n ** 63n), 5n), ['BZERO   = 9223372036854775808'])).toEqual(
    BigUint64Array.of(0n, 2n ** 63n + 5n),
  );
});

it('a missing pixel makes doubles of them', async () => {
  const zero = card('BZERO', 32768);
  expect(await decoded(16, numbers.i16(5, 6), [zero, card('BLANK', 5)])).toEqual(Float64Array.of(Number.NaN, 32774));
  expect(await decoded(16, numbers.i16(4, 6), [zero, card('BLANK', 5)])).toEqual(Uint16Array.of(32772, 32774));
  expect(await decoded(64, numbers.i64(5n, 6n), [card('BLANK', 5)])).toEqual(Float64Array.of(Number.NaN, 6));
  expect(await decoded(64, numbers.i64(2n ** 60n + 1n), [card('BLANK', 5)])).toEqual(BigInt64Array.of(2n ** 60n + 1n));
});

it('everything else is stored * BSCALE + BZERO in double precision; BLANK is for integers alone', async () => {
  const scaling = [card('BSCALE', 0.1), card('BZERO', 3), card('BLANK', 7)];
  expect(await decoded(16, numbers.i16(7, 9), scaling)).toEqual(Float64Array.of(Number.NaN, 9 * 0.1 + 3));
  expect(await decoded(-32, numbers.f32(7, 9), scaling)).toEqual(Float64Array.of(7 * 0.1 + 3, 9 * 0.1 + 3));
  expect(await decoded(-32, numbers.f32(7), [card('BLANK', 7)])).toEqual(Float32Array.of(7));
  expect(await decoded(64, numbers.i64(3n), scaling)).toEqual(Float64Array.of(3 * 0.1 + 3));
  expect(await decoded(16, numbers.i16(1), ['BLANK   = 1.5', 'BSCALE  ='])).toEqual(Int16Array.of(1));
});

it('axes, unit and fill of an image', async () => {
  const more = [card('CTYPE1', 'HPLN-TAN'), card('BUNIT', 'Gauss'), card('BLANK', -9)];
  const found = await open(hdu(16, [3, 2], numbers.i16(1, 2, 3, 4, 5, 6), { more }));
  const variable = found.variables.get('PRIMARY')!;
  expect(variable).toMatchObject({
    shape: [2, 3],
    dimensions: ['', 'HPLN-TAN'],
    units: 'Gauss',
    fill: -9,
    dtype: 'int16',
  });
  const part = await variable.read({ start: [0, 2], count: [2, 1], decode: false });
  expect(part).toMatchObject({ data: Int16Array.of(3, 6), shape: [2, 1] });
  await expect(variable.read({ start: [0, 2], count: [2, 2] })).rejects.toThrow(RangeError);
});

/** An image of 2 x 1 pixels a tile, compressed by hand: what lies in each row, and what the header says. */
function tiles(
  bitpix: number,
  method: string,
  columns: { form: string; name: string }[],
  rows: Buffer[],
  heap: Buffer,
  more: string[] = [],
) {
  return file(
    empty,
    table(columns, rows, heap, [
      card('ZIMAGE', true),
      card('ZCMPTYPE', method),
      card('ZBITPIX', bitpix),
      card('ZNAXIS', 2),
      card('ZNAXIS1', 2),
      card('ZNAXIS2', rows.length),
      ...more,
    ]),
  );
}

const read = async (content: Buffer, decode = true) => {
  const found = await open(content);
  return (await found.variables.get('HDU1')!.read({ decode })).data;
};

it('a tile that is not compressed lies in other columns', async () => {
  const [packed, second, third] = [gzipSync(numbers.f32(1.5, -2)), numbers.f32(Math.PI, 8), numbers.i32(30, 40)];
  const heap = Buffer.concat([packed, second, third]);
  const at = (count: number, offset: number) => numbers.i32(count, offset);
  const none = at(0, 99);
  const [scale, other] = [numbers.f64(0.5), numbers.f64(0)];
  const columns = [
    { name: 'COMPRESSED_DATA', form: '1PB' },
    { name: 'GZIP_COMPRESSED_DATA', form: '1PB' },
    { name: 'UNCOMPRESSED_DATA', form: '1PE' },
    { name: 'ZSCALE', form: 'D' },
  ];
  const rows = [
    Buffer.concat([none, at(packed.length, 0), none, other]),
    Buffer.concat([none, none, at(2, packed.length), other]),
    Buffer.concat([at(8, packed.length + 8), none, none, scale]),
  ];
  const content = tiles(-32, 'NOCOMPRESS', columns, rows, heap, [card('ZZERO', 100), card('ZQUANTIZ', 'NO_DITHER')]);
  expect(await read(content)).toEqual(Float32Array.of(1.5, -2, Math.PI, 8, 115, 120));
  const integers = tiles(
    16,
    'GZIP_1',
    [{ name: 'UNCOMPRESSED_DATA', form: '1QI' }],
    [numbers.i64(2n, 0n)],
    numbers.i16(3, 4),
  );
  expect(await read(integers)).toEqual(Int16Array.of(3, 4));
});

it('ZBLANK in a column, exact zeros of the second dithering method', async () => {
  const columns = ['ZSCALE', 'ZZERO'].map((name) => ({ name, form: 'D' }));
  const data = gzipSync(numbers.i32(-2147483646, -7));
  const row = Buffer.concat([numbers.i32(data.length, 0), numbers.f64(2, 10), numbers.i32(-7)]);
  const content = tiles(
    -64,
    'GZIP_1',
    [{ name: 'COMPRESSED_DATA', form: '1PB' }, ...columns, { name: 'ZBLANK', form: 'J' }],
    [row],
    data,
    [card('ZQUANTIZ', 'SUBTRACTIVE_DITHER_2'), card('ZDITHER0', 1)],
  );
  expect(await read(content)).toEqual(Float64Array.of(0, Number.NaN));
});

it('BSCALE, BZERO and BLANK keep their meaning behind the compression', async () => {
  const data = gzipSync(numbers.i32(-99, 3));
  const content = tiles(32, 'GZIP_1', [{ name: 'COMPRESSED_DATA', form: '1PB' }], [numbers.i32(data.length, 0)], data, [
    card('BSCALE', 0.1),
    card('BLANK', -99),
  ]);
  expect(await read(content, false)).toEqual(Int32Array.of(-99, 3));
  expect(await read(content)).toEqual(Float64Array.of(Number.NaN, 3 * 0.1));
});

it('PLIO_1 in its older form of a list', async () => {
  const words = numbers.i16(0, 0, 5, 0x2004, 0x4001);
  const content = tiles(16, 'PLIO_1', [{ name: 'COMPRESSED_DATA', form: '1PI' }], [numbers.i32(5, 0)], words);
  expect(await read(content)).toEqual(Int16Array.of(5, 0));
});

const bomb = gzipSync(Buffer.alloc(1e6));
const gzip = { name: 'COMPRESSED_DATA', form: '1PB' };

const mask = { name: 'NULL_PIXEL_MASK', form: '1PB' };

it.each([
  [
    'a mask of its null pixels',
    tiles(16, 'NOCOMPRESS', [gzip, mask], [numbers.i32(4, 0, 1, 0)], numbers.i16(1, 2)),
    /masks of null pixels \(ZMASKCMP\), which are not read/u,
  ],
  [
    'another method',
    tiles(16, 'ZSTD_1', [gzip], [numbers.i32(4, 0)], numbers.i16(1, 2)),
    /"ZSTD_1" \(ZCMPTYPE\) is not read/u,
  ],
  [
    'RICE_1 of 8 bytes',
    tiles(16, 'RICE_1', [gzip], [numbers.i32(4, 0)], numbers.i16(1, 2), [card('ZNAME1', 'BYTEPIX'), card('ZVAL1', 8)]),
    /BYTEPIX 8 is not read/u,
  ],
  ['no data at all', tiles(16, 'GZIP_1', [gzip], [numbers.i32(0, 0)], Buffer.alloc(0)), /tile 1 of HDU1 has no data/u],
  [
    'no gzip',
    tiles(16, 'GZIP_1', [gzip], [numbers.i32(4, 0)], numbers.i16(1, 2)),
    /tile 1 of HDU1 \(4 bytes at byte \d+\) does not decode with GZIP_1/u,
  ],
  [
    'zlib',
    tiles(16, 'GZIP_1', [gzip], [numbers.i32(12, 0)], deflateSync(numbers.i16(1, 2))),
    /does not decode with GZIP_1/u,
  ],
  ['a bomb', tiles(16, 'GZIP_1', [gzip], [numbers.i32(bomb.byteLength, 0)], bomb), /tile 1/u],
  ['too few pixels', tiles(16, 'NOCOMPRESS', [gzip], [numbers.i32(3, 0)], numbers.i16(1, 2)), /tile 1/u],
  ['bits that end', tiles(32, 'RICE_1', [gzip], [numbers.i32(5, 0)], Buffer.from([0, 0, 0, 1, 0x80])), /tile 1/u],
  [
    'a heap that ends',
    tiles(16, 'NOCOMPRESS', [gzip], [numbers.i32(5, 0)], numbers.i16(1, 2)),
    /ends after its 4 bytes/u,
  ],
  [
    'floats by RICE_1 without a scale',
    tiles(-32, 'RICE_1', [gzip], [numbers.i32(4, 0)], numbers.i16(1, 2)),
    /without ZSCALE/u,
  ],
])('a tile with %s: an error that says so', async (_, content, message) => {
  await expect(read(content)).rejects.toThrow(message);
  await expect(read(content)).rejects.toMatchObject({ name: 'DataError' });
});

it('more tiles than rows, more pixels than any file of this size has, other dithers', async () => {
  const few = tiles(16, 'RICE_1', [gzip], [numbers.i32(4, 0)], numbers.i16(1, 2), [card('ZTILE1', 1)]);
  await expect(open(few)).rejects.toThrow(/2 tiles, but the table has 1 rows/u);
  const dither = tiles(16, 'RICE_1', [gzip], [numbers.i32(4, 0)], numbers.i16(1, 2), [card('ZQUANTIZ', 'OTHER')]);
  await expect(open(dither)).rejects.toThrow(/ZQUANTIZ is "OTHER"/u);
  const huge = few
    .toString('latin1')
    .replace(card('ZNAXIS1', 2), card('ZNAXIS1', 2e10))
    .replace(card('ZTILE1', 1), card('ZTILE1', 2e10));
  await expect(read(Buffer.from(huge, 'latin1'))).rejects.toThrow(/too many for this file/u);
});
