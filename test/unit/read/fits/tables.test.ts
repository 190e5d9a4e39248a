import { expect, it } from 'vitest';
import { open } from './fixtures.js';
import { card, empty, file, hdu, numbers, table } from './make.js';

const only = async (content: Buffer) => {
  const found = await open(file(empty, content));
  return [...found.variables.values()];
};

it('logical values, bits, texts and their parts', async () => {
  const rows = ['TF\0' + '\xa5\xc0' + 'ab\0cde fgh', 'tTF' + '\x01\x40' + '  x      zz'].map((row) =>
    Buffer.from(row.padEnd(16), 'latin1'),
  );
  const [flags, bits, texts] = await only(
    table(
      [
        { form: '3L' },
        { form: '10X', name: 'BITS', more: { TDIM: '(5,2)' } },
        { form: '9A', name: 'TEXT', more: { TDIM: '(3,3)' } },
      ],
      rows,
    ),
  );
  expect(flags).toMatchObject({ name: 'HDU1/col1', shape: [2, 3] });
  expect((await flags!.read()).data).toEqual([true, false, null, null, true, false]);
  expect((await flags!.read({ decode: false })).data).toEqual(Uint8Array.from(Buffer.from('TF\0tTF')));
  expect(bits!.shape).toEqual([2, 2, 5]);
  expect(Array.from((await bits!.read()).data).join('')).toBe('1010010111' + '0000000101');
  expect(await bits!.read({ start: [0, 1, 4], count: [2, 1, 1], decode: true })).toMatchObject({
    shape: [2, 1, 1],
    data: Uint8Array.of(1, 1),
  });
  expect(await bits!.read({ start: [1, 0, 0], count: [1, 1, 1], decode: false })).toMatchObject({
    shape: [1, 2],
    data: Uint8Array.of(1, 0x40),
  });
  expect(texts!.shape).toEqual([2, 3]);
  expect((await texts!.read()).data).toEqual(['ab', 'cde', ' fg', '  x', '', '']);
  expect(await texts!.read({ start: [0, 1], count: [1, 1], decode: false })).toMatchObject({
    shape: [1, 1, 3],
    data: Uint8Array.from(Buffer.from('cde')),
  });
});

it('repeats of 0 and 1, TDIM that does not fit, short texts in a long one, columns of the same name', async () => {
  const row = Buffer.concat([numbers.i16(1, 2, 3), Buffer.from('aabbcc'), numbers.i32(7)]);
  const found = await only(
    table(
      [
        { form: '0D', name: 'NONE' },
        { form: '0A', name: 'EMPTY' },
        { form: '3I', name: 'THREE', more: { TDIM: '(2,2)' } },
        { form: '6A2', name: 'PAIRS' },
        { form: '1J', name: 'THREE', more: { TDIM: '(1,1)' } },
      ],
      [row, row],
    ),
  );
  expect(found.map(({ name, shape }) => [name, shape])).toEqual([
    ['HDU1/NONE', [2, 0]],
    ['HDU1/EMPTY', [2]],
    ['HDU1/THREE', [2, 3]],
    ['HDU1/PAIRS', [2, 3]],
    ['HDU1/THREE#2', [2, 1, 1]],
  ]);
  const values = await Promise.all(found.map(async (variable) => (await variable.read()).data));
  expect(values).toEqual([
    new Float64Array(0),
    ['', ''],
    Int16Array.of(1, 2, 3, 1, 2, 3),
    ['aa', 'bb', 'cc', 'aa', 'bb', 'cc'],
    Int32Array.of(7, 7),
  ]);
});

it('scaled and missing values, also of complex numbers; the unit and the cards of a column', async () => {
  const row = Buffer.concat([
    numbers.i16(5),
    numbers.i64(-(2n ** 63n)),
    numbers.f32(1, 2),
    Buffer.from([255]),
    numbers.f32(-99),
  ]);
  const [short, unsigned, complex, byte, float] = await only(
    table(
      [
        { form: 'I', name: 'I', more: { TSCAL: 0.5, TZERO: 1, TNULL: -99, TUNIT: 'm' } },
        { form: 'K' },
        { form: 'C', more: { TSCAL: 2, TZERO: 10 } },
        { form: 'B', more: { TZERO: -128 } },
        { form: 'E', more: { TNULL: -99 } },
      ],
      [row, Buffer.concat([numbers.i16(-99), numbers.i64(1n), numbers.f32(3, 4), Buffer.from([0]), numbers.f32(1)])],
      undefined,
      ['TZERO2  = 9223372036854775808'],
    ),
  );
  expect(short).toMatchObject({
    units: 'm',
    fill: -99,
    dtype: 'int16',
    attributes: { TTYPE: 'I', TFORM: 'I', TSCAL: 0.5, TUNIT: 'm' },
  });
  expect((await short!.read()).data).toEqual(Float64Array.of(3.5, Number.NaN));
  expect((await unsigned!.read()).data).toEqual(BigUint64Array.of(0n, 2n ** 63n + 1n));
  expect((await complex!.read()).data).toEqual(Float64Array.of(12, 4, 16, 8));
  expect((await byte!.read()).data).toEqual(Int8Array.of(127, -128));
  expect((await float!.read()).data).toEqual(Float32Array.of(-99, 1));
});

it('arrays of any length and of every kind, that share bytes, behind a gap', async () => {
  const heap = Buffer.concat([
    Buffer.alloc(5),
    Buffer.from('TF\0'),
    Buffer.from([0xa5, 0x80]),
    Buffer.from('word '),
    numbers.i16(1, 2, 3),
    numbers.f32(1, -1),
  ]);
  const [at, none] = [(count: number, offset: number) => numbers.i32(count, offset), numbers.i32(0, 1e9)];
  const wide = (count: bigint, offset: bigint) => numbers.i64(count, offset);
  const rows = [
    [at(3, 0), at(9, 3), at(5, 5), wide(3n, 10n), at(1, 16), at(3, 10)],
    [none, none, none, wide(0n, -1n), none, none],
    [at(1, 1), at(2, 3), at(2, 5), wide(2n, 12n), none, at(1, 12)],
  ].map((cells) => Buffer.concat(cells));
  const columns = [
    { form: 'PL(3)' },
    { form: '1PX' },
    { form: 'PA' },
    { form: 'QI', more: { TZERO: 32768 } },
    { form: 'PC' },
    { form: 'PI', more: { TNULL: 2 } },
  ];
  const found = await only(table(columns, rows, heap, [card('THEAP', 3 * 56 + 5)]));
  const values = await Promise.all(found.map(async (variable) => (await variable.read()).data));
  expect(values).toEqual([
    [[true, false, null], [], [false]],
    [Uint8Array.of(1, 0, 1, 0, 0, 1, 0, 1, 1), new Uint8Array(0), Uint8Array.of(1, 0)],
    ['word', '', 'wo'],
    [Uint16Array.of(32769, 32770, 32771), new Uint16Array(0), Uint16Array.of(32770, 32771)],
    [Float32Array.of(1, -1), new Float32Array(0), new Float32Array(0)],
    [Float64Array.of(1, Number.NaN, 3), new Float64Array(0), Float64Array.of(Number.NaN)],
  ]);
  expect(found.map(({ dtype, shape }) => [dtype, shape])).toEqual(Array.from({ length: 6 }, () => ['list', [3]]));
  expect((await found[3]!.read({ start: [2], decode: false })).data).toEqual([Int16Array.of(2, 3)]);
  expect((await found[1]!.read({ start: [0], count: [1], decode: false })).data).toEqual([Uint8Array.of(0xa5, 0x80)]);
});

it.each([
  ['a row that is too short', table([{ form: '3J' }], [numbers.i32(1)]), /ends at byte 12 of a row of 4 bytes/u],
  ['no form', table([{ form: '3Z' }], [numbers.i32(1)]), /TFORM1 is "3Z"/u],
  ['a list of two', table([{ form: '2PJ' }], [numbers.i32(1, 2, 3, 4)]), /TFORM1 is "2PJ"/u],
  [
    'too many fields',
    hdu(8, [4, 1], numbers.i32(1), { extension: 'BINTABLE', more: [card('TFIELDS', 1000)] }),
    /TFIELDS is 1000/u,
  ],
  ['one axis', hdu(8, [4], numbers.i32(1), { extension: 'BINTABLE', more: [card('TFIELDS', 0)] }), /two axes/u],
])('%s: an error that says so', async (_, content, message) => {
  await expect(only(content)).rejects.toThrow(message);
});

it.each([
  ['a list past the heap', table([{ form: 'PJ' }], [numbers.i32(2, 0)], numbers.i32(1)), /ends after its 4 bytes/u],
  [
    'a heap within the rows',
    table([{ form: 'PJ' }], [numbers.i32(1, 0)], numbers.i32(1), [card('THEAP', 4)]),
    /THEAP is 4/u,
  ],
  [
    'lists that share all bytes',
    table(
      [{ form: 'PB' }],
      Array.from({ length: 3000 }, () => numbers.i32(40_000, 0)),
      Buffer.alloc(40_000),
    ),
    /more than 16 times/u,
  ],
  [
    'texts of nothing',
    hdu(8, [0, 1e9], Buffer.alloc(0), { extension: 'BINTABLE', more: [card('TFIELDS', 1), card('TFORM1', '0A')] }),
    /more than the file/u,
  ],
  [
    'lists of nothing',
    hdu(8, [0, 1e9], Buffer.alloc(0), { extension: 'BINTABLE', more: [card('TFIELDS', 1), card('TFORM1', '0PJ')] }),
    /more rows than/u,
  ],
])('%s: an error when it is read', async (_, content, message) => {
  const [variable] = await only(content);
  await expect(variable!.read()).rejects.toThrow(message);
  await expect(variable!.read()).rejects.toMatchObject({ name: 'DataError' });
});

const ascii = (rows: string[], columns: [start: number, form: string, more?: Record<string, string | number>][]) =>
  hdu(8, [rows[0]!.length, rows.length], Buffer.from(rows.join('')), {
    extension: 'TABLE',
    more: [
      card('TFIELDS', columns.length),
      ...columns.flatMap(([start, form, more = {}], index) => [
        card(`TBCOL${index + 1}`, start),
        card(`TFORM${index + 1}`, form),
        ...Object.entries(more).map(([keyword, value]) => card(`${keyword}${index + 1}`, value)),
      ]),
    ],
  });

it('ASCII tables: blank fields, missing ones, points that are not written, exponents', async () => {
  const rows = ['  12 abc   12345 1.5D+3', '      x     -1.5  25-1 ', '  -- yz     .5E1  7E2  '];
  const found = await only(
    ascii(rows, [
      [1, 'I4', { TNULL: '--' }],
      [6, 'A4'],
      [10, 'F7.2'],
      [17, 'D7.1', { TSCAL: 2 }],
    ]),
  );
  const values = await Promise.all(found.map(async (variable) => (await variable.read()).data));
  expect(values).toEqual([
    Float64Array.of(12, 0, Number.NaN),
    ['abc', ' x', 'yz'],
    Float64Array.of(123.45, -1.5, 5),
    Float64Array.of(3000, 0.5, 140),
  ]);
});

it('ASCII tables: integers keep their types, and are exact', async () => {
  const found = await only(
    ascii(
      ['  7 9007199254740993', ' -8 -900719925474099'],
      [
        [1, 'I3'],
        [4, 'I17', { TNULL: 'none' }],
        [1, 'I3', { TSCAL: 0.5, TZERO: 1 }],
      ],
    ),
  );
  const values = await Promise.all(found.map(async (variable) => (await variable.read()).data));
  expect(values).toEqual([
    Int32Array.of(7, -8),
    BigInt64Array.of(9007199254740993n, -900719925474099n),
    Float64Array.of(4.5, -3),
  ]);
  expect(found.map(({ dtype, fill }) => [dtype, fill])).toEqual([
    ['int32', undefined],
    ['int64', 'none'],
    ['int32', undefined],
  ]);
  expect(await found[0]!.read({ start: [1], decode: false })).toMatchObject({
    shape: [1, 3],
    data: Uint8Array.from(Buffer.from(' -8')),
  });
  const [bad] = await only(ascii(['1x'], [[1, 'I2']]));
  await expect(bad!.read()).rejects.toThrow(/"1x" instead of a number/u);
  await expect(only(ascii(['12'], [[2, 'I2']]))).rejects.toThrow(/ends at byte 3 of a row of 2 bytes/u);
});
