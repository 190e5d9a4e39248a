import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openCdf } from '../../../../src/read/cdf/open-cdf.js';
import { memorySource } from '../../../../src/read/source/sources.js';
import type { NdArray, ReadOptions } from '../../../../src/read/types.js';
import { failure } from './samples.js';
import {
  block,
  compressCdf,
  entryOf,
  makeCdf,
  numbers,
  packZeros,
  textEntry,
  type MadeFile,
  type MadeVariable,
} from './make-cdf.js';

const [INT2, INT4, INT8, UINT1, UINT4, REAL4, REAL8, EPOCH, EPOCH16, TT2000, CHAR] = [
  2, 4, 8, 11, 14, 21, 22, 31, 32, 33, 51,
];

const open = (file: MadeFile | Uint8Array) =>
  openCdf(memorySource(file instanceof Uint8Array ? file : makeCdf(file), 'made.cdf'));

async function valuesOf(variable: MadeVariable, options?: ReadOptions, file: MadeFile = {}): Promise<NdArray> {
  await using opened = await open({ ...file, variables: [variable] });
  return await opened.variables.get(variable.name)!.read(options);
}

const data = async (...args: Parameters<typeof valuesOf>): Promise<unknown[]> =>
  Array.from((await valuesOf(...args)).data as ArrayLike<unknown>);

const dense = { name: 'v', type: INT4, last: 2, blocks: [block(INT4, 0, 2, [1, 2, 3])] };

describe('versions', () => {
  it.each([
    [2, 4],
    [2, 5],
    [2, 6],
    [2, 7],
    [3, 0],
    [3, 9],
  ] as const)('%i.%i is read', async (...version) => {
    await using file = await open({
      version,
      leapTable: -1,
      rDims: [2, 3],
      globals: [{ name: 'title', entries: [textEntry('x')] }],
      variables: [
        {
          name: 'r',
          type: INT2,
          isZ: false,
          varies: [true, false],
          last: 0,
          blocks: [block(INT2, 0, 0, [5, 6])],
          attributes: { UNITS: textEntry('m') },
        },
        { ...dense, attributes: { UNITS: textEntry('s') } },
      ],
    });
    expect(file.attributes).toEqual({ title: 'x' });
    expect(file.variables.get('r')).toMatchObject({ shape: [1, 2], units: 'm' });
    expect(file.variables.get('v')).toMatchObject({ shape: [3], units: 's' });
    expect((await file.variables.get('r')!.read()).data).toEqual(Int16Array.of(5, 6));
    expect((await file.variables.get('v')!.read()).data).toEqual(Int32Array.of(1, 2, 3));
  });

  it('version 1, and a version that is not that of the first bytes, are refused', async () => {
    const file = makeCdf({ version: [2, 5] });
    new DataView(file.buffer).setInt32(8 + 8 + 4, 1);
    expect((await failure(open(file))).message).toContain('version 1.5');
  });
});

describe('the container', () => {
  it('a digest after the end is no record, and one that differs from a compressed file is a warning', async () => {
    const file = makeCdf({ flags: 3 + 4 + 8, variables: [dense] });
    const signed = (content: Uint8Array) =>
      new Uint8Array(Buffer.concat([content, createHash('md5').update(content).digest()]));
    await using plain = await open(signed(file));
    expect(plain.warnings).toEqual([]);
    const packed = signed(compressCdf(file, 5));
    await using whole = await open(packed);
    expect(whole.warnings).toEqual([]);
    packed[packed.length - 1]! ^= 1;
    await using changed = await open(packed);
    expect(changed.warnings.join()).toContain('MD5');
    expect((await changed.variables.get('v')!.read()).data).toEqual(Int32Array.of(1, 2, 3));
  });

  it('several files are refused', async () => {
    expect((await failure(open({ flags: 1 }))).message).toContain('several files');
  });

  it.each([
    [1, 'RLE'],
    [5, 'GZIP'],
  ])('the whole file compressed by method %i (%s), with compressed variables in it', async (method) => {
    const raw = numbers(INT4, [0, 0, 7]);
    const variables = [
      {
        name: 'gz',
        type: INT4,
        last: 2,
        compression: [5, 6] as const,
        blocks: [{ first: 0, last: 2, packed: new Uint8Array(gzipSync(raw)) }],
      },
      {
        name: 'rle',
        type: INT4,
        last: 2,
        compression: [1, 0] as const,
        blocks: [{ first: 0, last: 2, packed: packZeros(raw) }],
      },
      dense,
    ];
    for (const version of [
      [3, 9],
      [2, 7],
    ] as const) {
      await using file = await open(compressCdf(makeCdf({ version, variables }), method));
      for (const name of ['gz', 'rle'])
        expect((await file.variables.get(name)!.read()).data).toEqual(Int32Array.of(0, 0, 7));
    }
  });

  it.each([
    [2, 'HUFF'],
    [3, 'AHUFF'],
    [9, '9'],
  ])('compression %i is refused as %s, of a file and of a variable', async (method, named) => {
    const file = makeCdf({ variables: [dense] });
    expect((await failure(open(compressCdf(file, method, file.subarray(8))))).message).toContain(named);
    const packed = {
      ...dense,
      name: 'packed',
      compression: [method, 0] as const,
      blocks: [{ first: 0, last: 2, packed: new Uint8Array(9) }],
    };
    await using opened = await open({ variables: [packed, dense] });
    const error = await failure(opened.variables.get('packed')!.read());
    expect(error).toMatchObject({ name: 'DataError', path: 'made.cdf' });
    expect(error.message).toContain(named);
    expect((await opened.variables.get('v')!.read()).data).toEqual(Int32Array.of(1, 2, 3));
  });

  it('sparse arrays are refused by name', async () => {
    const variable = { ...dense, isSparseArray: true, blocks: [{ first: 0, last: 2, packed: new Uint8Array(9) }] };
    expect((await failure(valuesOf(variable))).message).toContain('sparse arrays');
  });

  it('a size that the packed bytes cannot have is refused before anything is allocated', async () => {
    const file = makeCdf({ variables: [dense] });
    const bomb = compressCdf(file, 5, undefined, 2 ** 40);
    expect((await failure(open(bomb))).message).toContain('cannot expand to the');
    const longer = compressCdf(file, 5, undefined, file.length - 8 - 1);
    expect((await failure(open(longer))).message).toContain('damaged');
  });

  it.each([3, 14, 20])('encoding %i (VAX D_FLOAT) is refused by name', async (encoding) => {
    expect((await failure(open({ encoding }))).message).toContain('D_FLOAT');
  });

  it.each([15, 21])('encoding %i (VAX G_FLOAT) is refused by name', async (encoding) => {
    expect((await failure(open({ encoding }))).message).toContain('G_FLOAT');
  });

  it.each([
    [1, true],
    [2, true],
    [5, true],
    [7, true],
    [9, true],
    [11, true],
    [12, true],
    [18, true],
    [4, false],
    [6, false],
    [13, false],
    [16, false],
    [17, false],
    [19, false],
  ])('encoding %i is big-endian: %s, in values, pad values and attributes', async (encoding, bigEndian) => {
    const variable: MadeVariable = {
      name: 'v',
      type: REAL8,
      last: 1,
      sparse: 1,
      pad: numbers(REAL8, [-7], bigEndian),
      blocks: [{ first: 1, last: 1, data: numbers(REAL8, [1.5], bigEndian) }],
      attributes: { VALIDMAX: entryOf(INT4, [70_000, -2], bigEndian) },
    };
    await using file = await open({ encoding, variables: [variable] });
    const found = file.variables.get('v')!;
    expect(found.attributes).toEqual({ VALIDMAX: [70_000, -2] });
    expect((await found.read()).data).toEqual(Float64Array.of(-7, 1.5));
  });

  it('a writer with an older or a newer table of leap seconds is a warning', async () => {
    for (const [leapTable, words] of [
      [20_150_701, '2015-07-01'],
      [20_300_101, '2030-01-01'],
      [20_170_101, ''],
      [0, ''],
      [-1, ''],
    ] as const) {
      await using file = await open({ leapTable });
      expect(file.warnings.length).toBe(words === '' ? 0 : 1);
      expect(file.warnings.join()).toContain(words);
    }
  });
});

describe('blocks', () => {
  it('a compressed variable may have plain blocks', async () => {
    const packed = new Uint8Array(gzipSync(numbers(INT4, [1, 2])));
    const variable: MadeVariable = {
      ...dense,
      compression: [5, 6],
      blocks: [{ first: 0, last: 1, packed }, block(INT4, 2, 2, [3])],
    };
    expect(await data(variable)).toEqual([1, 2, 3]);
    expect(await data(variable, { start: [1], count: [2] })).toEqual([2, 3]);
  });

  it('a block may be longer than the records that are used', async () => {
    expect(await data({ ...dense, last: 1, blocks: [block(INT4, 0, 99, [1, 2, 3, 4])] })).toEqual([1, 2]);
  });

  it('a packed block may hold as many records as blocks are made for, and no more', async () => {
    const packed = new Uint8Array(gzipSync(numbers(INT4, [1, 2, 3, 4, 5])));
    const variable: MadeVariable = { ...dense, compression: [5, 6], blocks: [{ first: 0, last: 2, packed }] };
    expect(await data({ ...variable, blocking: 5 })).toEqual([1, 2, 3]);
    expect((await failure(valuesOf({ ...variable, blocking: 4 }))).message).toContain('GZIP');
    const short = { ...variable, last: 5, blocks: [{ first: 0, last: 5, packed }] };
    expect((await failure(valuesOf(short))).message).toContain('ends after 20 bytes');
    expect((await failure(valuesOf({ ...dense, blocks: short.blocks }))).message).toContain('not described');
  });

  it('an abort while a packed block is read is no damage', async () => {
    const packed = new Uint8Array(gzipSync(numbers(INT4, [1, 2, 3])));
    const file = makeCdf({ variables: [{ ...dense, compression: [5, 6], blocks: [{ first: 0, last: 2, packed }] }] });
    const source = memorySource(file);
    const reason = new Error('enough');
    const read: typeof source.read = (offset, length) =>
      length === packed.length ? Promise.reject(reason) : source.read(offset, length);
    await using opened = await openCdf({ ...source, read });
    await expect(opened.variables.get('v')!.read()).rejects.toBe(reason);
  });

  it('lists of blocks may be chains and trees of any depth, in any order', async () => {
    const leaf = (at: number) => block(INT4, at, at, [at * 10]);
    const blocks = [
      { first: 4, last: 6, inner: [leaf(6), { first: 4, last: 5, inner: [leaf(4), leaf(5)] }] },
      leaf(0),
      leaf(3),
      { first: 1, last: 2, inner: [leaf(1), leaf(2)] },
    ];
    const variable = { ...dense, last: 6, blocks, perIndex: 2 };
    expect(await data(variable)).toEqual([0, 10, 20, 30, 40, 50, 60]);
    expect(await data(variable, { start: [2], count: [2], stride: [3] })).toEqual([20, 50]);
  });

  it('two blocks with the same record are an error', async () => {
    const error = await failure(valuesOf({ ...dense, blocks: [block(INT4, 0, 2, [1, 2, 3]), block(INT4, 2, 2, [4])] }));
    expect(error).toMatchObject({ name: 'DataError', path: 'made.cdf' });
  });

  it('no records are an empty array', async () => {
    const found = await valuesOf({ ...dense, dims: [4], last: -1, blocks: [] });
    expect(found).toMatchObject({ shape: [0, 4], data: new Int32Array(0) });
  });

  it('records that are not stored take the pad value in every element, or the record before', async () => {
    const blocks = [block(INT2, 2, 3, [1, 2, 3, 4, 5, 6]), block(INT2, 6, 6, [7, 8, 9])];
    const variable = { name: 'v', type: INT2, dims: [3], last: 8, blocks, pad: numbers(INT2, [-5]) };
    const [p, one, two, last] = [
      [-5, -5, -5],
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    for (const sparse of [0, 1])
      expect(await data({ ...variable, sparse })).toEqual([p, p, one, two, p, p, last, p, p].flat());
    expect(await data({ ...variable, sparse: 2 })).toEqual([p, p, one, two, two, two, last, last, last].flat());
    expect(await data({ ...variable, sparse: 2 }, { start: [5, 1], count: [1, 2] })).toEqual([5, 6]);
    expect(await data({ ...variable, sparse: 2 }, { start: [8, 0], stride: [1, 2] })).toEqual([7, 9]);
    expect(await data({ ...variable, sparse: 2 }, { start: [0, 2], stride: [4, 1] })).toEqual([-5, 6, 9]);
  });

  it('the record before may lie in another branch of the tree', async () => {
    const blocks = [
      { first: 0, last: 4, inner: [block(INT4, 0, 0, [1]), block(INT4, 4, 4, [2])] },
      { first: 5, last: 20, inner: [block(INT4, 18, 18, [3])] },
    ];
    const variable = { name: 'v', type: INT4, last: 20, sparse: 2, blocks };
    expect(await data(variable, { start: [10], count: [1] })).toEqual([2]);
    expect(await data(variable, { start: [3], count: [1] })).toEqual([1]);
    expect(await data(variable, { start: [19], count: [2] })).toEqual([3, 3]);
  });

  it.each([
    [1, -127],
    [41, -127],
    [INT2, -32_767],
    [INT4, -2_147_483_647],
    [INT8, -(2n ** 63n) + 1n],
    [UINT1, 254],
    [12, 65_534],
    [UINT4, 4_294_967_294],
    [REAL4, Math.fround(-1e30)],
    [44, Math.fround(-1e30)],
    [REAL8, -1e30],
    [45, -1e30],
    [EPOCH, 0],
    [TT2000, -(2n ** 63n) + 1n],
  ])('without a pad value, one of type %i is %s', async (type, pad) => {
    for (const encoding of [1, 6])
      expect(await data({ name: 'v', type, last: 1 }, { decode: false }, { encoding })).toEqual([pad, pad]);
  });

  it('a pad value of the file that is a time stays one, written or not', async () => {
    const noon = 946_727_935_816_000_000n; // 2000-01-01T11:58:55.816 UTC
    const variable = { name: 'v', type: TT2000, last: 2, blocks: [block(TT2000, 0, 1, [0n, -(2n ** 63n)])] };
    expect(await data({ ...variable, pad: numbers(TT2000, [0n]) })).toEqual([noon, -(2n ** 63n), noon]);
    expect(await data(variable)).toEqual([noon, -(2n ** 63n), -(2n ** 63n)]);
  });

  it('texts are filled with spaces, and pairs of EPOCH16 with zeros', async () => {
    expect(await data({ name: 'v', type: CHAR, elements: 2, last: 0 }, { decode: false })).toEqual([0x20, 0x20]);
    expect(await data({ name: 'v', type: EPOCH16, last: 0 }, { decode: false })).toEqual([0, 0]);
  });
});

describe('variables', () => {
  const cube = Array.from({ length: 48 }, (_, at) => at);

  it('both majorities come in C order', async () => {
    const variable = { name: 'v', type: INT4, dims: [2, 3, 4], last: 1, blocks: [block(INT4, 0, 1, cube)] };
    expect(await data(variable, {}, { flags: 3 })).toEqual(cube);
    const turned: number[] = [];
    for (const record of [0, 1])
      for (const x of [0, 1])
        for (const y of [0, 1, 2]) for (const z of [0, 1, 2, 3]) turned.push(record * 24 + x + 2 * y + 6 * z);
    expect(await data(variable, {}, { flags: 2 })).toEqual(turned);
    const part = await valuesOf(
      variable,
      { start: [1, 1, 0, 3], count: [1, 1, 2, 1], stride: [1, 1, 2, 1] },
      { flags: 2 },
    );
    expect(part).toMatchObject({
      data: Int32Array.of(24 + 1 + 18, 24 + 1 + 4 + 18),
      shape: [1, 1, 2, 1],
      strides: [2, 2, 1, 1],
    });
  });

  it('a dimension without variance is not stored, in both kinds and majorities', async () => {
    for (const flags of [2, 3])
      for (const isZ of [true, false]) {
        const shape = isZ ? { dims: [2, 9, 3] } : {};
        const variable = {
          ...shape,
          name: 'v',
          type: INT2,
          isZ,
          varies: [true, false, true],
          last: 0,
          blocks: [block(INT2, 0, 0, [1, 2, 3, 4, 5, 6])],
        };
        const found = await valuesOf(variable, {}, { flags, rDims: [2, 9, 3] });
        expect(found.shape).toEqual([1, 2, 3]);
        expect([...(found.data as Int16Array)]).toEqual(flags === 3 ? [1, 2, 3, 4, 5, 6] : [1, 3, 5, 2, 4, 6]);
      }
  });

  it('without record variance there is one record, however many are said to be there', async () => {
    expect(await valuesOf({ ...dense, recordVaries: false })).toMatchObject({ shape: [1], data: Int32Array.of(1) });
    expect((await valuesOf({ ...dense, recordVaries: false, last: -1, blocks: [] })).shape).toEqual([0]);
  });

  it('texts come without the spaces and NULs that fill them, as UTF-8 or Latin-1', async () => {
    const records = Buffer.concat([
      Buffer.from('ab \0 \0'),
      Buffer.from('ä\0\0\0\0'),
      Buffer.from('\xe4 b  \0', 'latin1'),
    ]);
    const variable = {
      name: 'v',
      type: CHAR,
      elements: 6,
      last: 2,
      blocks: [{ first: 0, last: 2, data: new Uint8Array(records) }],
    };
    expect(await valuesOf(variable)).toEqual({ data: ['ab', 'ä', 'ä b'], shape: [3], strides: [1] });
    const raw = await valuesOf(variable, { decode: false, start: [1], count: [1] });
    expect(raw).toEqual({ data: Uint8Array.from(records.subarray(6, 12)), shape: [1, 6], strides: [6, 1] });
  });

  it('a fill value becomes NaN, also where it has another type than the variable', async () => {
    const float = {
      name: 'v',
      type: REAL4,
      last: 2,
      blocks: [block(REAL4, 0, 2, [1, -1e31, -0])],
      attributes: { FILLVAL: entryOf(REAL8, [-1e31]) },
    };
    await using file = await open({ variables: [float] });
    expect(file.variables.get('v')!.fill).toBe(-1e31);
    expect((await file.variables.get('v')!.read()).data).toEqual(Float32Array.of(1, Number.NaN, -0));
    expect(await data(float, { decode: false })).toEqual([1, Math.fround(-1e31), -0]);
    const whole = { ...dense, attributes: { FILLVAL: entryOf(REAL4, [2]) } };
    expect(await data(whole)).toEqual([1, Number.NaN, 3]);
    const wide = {
      name: 'v',
      type: INT8,
      last: 1,
      blocks: [block(INT8, 0, 1, [2n ** 62n + 1n, -1n])],
      attributes: { FILLVAL: entryOf(INT8, [-1n]) },
    };
    expect(await data(wide)).toEqual([2n ** 62n + 1n, -1n]);
  });

  it('names of axes, the unit and the fill value are found in old spellings too', async () => {
    const variable = {
      ...dense,
      dims: [1],
      attributes: { 'Units ': textEntry('km\0\0'), depend_0: textEntry('Epoch'), FillVal: entryOf(INT4, [9]) },
    };
    await using file = await open({ variables: [variable] });
    expect(file.variables.get('v')).toMatchObject({
      units: 'km',
      fill: 9,
      dimensions: ['Epoch', ''],
      attributes: { 'Units ': 'km' },
    });
  });

  it('numbers with several elements per value, unknown types and impossible sizes are errors', async () => {
    for (const variable of [
      { ...dense, elements: 2 },
      { ...dense, type: 15 },
      { ...dense, dims: [-1] },
      { ...dense, last: -2 },
    ])
      expect(await failure(open({ variables: [variable] }))).toMatchObject({ name: 'DataError' });
  });
});

describe('attributes', () => {
  it('global ones: the value of one entry, or a list in the order of their numbers; gaps and types as they are', async () => {
    await using file = await open({
      globals: [
        { name: 'one', entries: [{ ...entryOf(INT8, [2n ** 53n + 1n]), number: 3 }] },
        {
          name: 'several',
          scope: 3,
          entries: [
            { ...entryOf(REAL4, [0.5, 1]), number: 7 },
            { ...textEntry('a \0\0'), number: 0 },
          ],
        },
        { name: 'none', entries: [] },
        { name: 'strings', entries: [textEntry('first\\N second', { strings: 2 })] },
        { name: 'text', entries: [textEntry('no\\N strings')] },
        { name: 'pair', entries: [entryOf(EPOCH16, [1, 2])] },
        { name: 'pairs', entries: [entryOf(EPOCH16, [1, 2, 3, 4])] },
        { name: '__proto__', entries: [textEntry('x')] },
      ],
    });
    expect(Object.entries(file.attributes)).toEqual([
      ['one', 2n ** 53n + 1n],
      ['several', ['a ', [0.5, 1]]],
      ['none', []],
      ['strings', ['first', 'second']],
      ['text', 'no\\N strings'],
      ['pair', [1, 2]],
      [
        'pairs',
        [
          [1, 2],
          [3, 4],
        ],
      ],
      ['__proto__', 'x'],
    ]);
  });

  it('of rVariables and of zVariables with the same number are kept apart', async () => {
    await using file = await open({
      variables: [
        { ...dense, name: 'r 0', isZ: false, attributes: { A: textEntry('r0') } },
        { ...dense, name: 'z 0', attributes: { A: textEntry('z0') } },
        { ...dense, name: 'z 1', attributes: { A: entryOf(TT2000, [5n]) } },
      ],
    });
    expect([...file.variables].map(([name, { attributes }]) => [name, attributes.A])).toEqual([
      ['r 0', 'r0'],
      ['z 0', 'z0'],
      ['z 1', 5n],
    ]);
  });
});
