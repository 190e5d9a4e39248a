import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Attribute, DataFile, NdArray } from '../../../../src/read/types.js';
import { open, sample, samples, vectorOf, type VectorColumn, type VectorHdu } from './fixtures.js';

const sha256 = (data: NdArray['data']): string => {
  if (!ArrayBuffer.isView(data)) throw new TypeError('no typed array');
  return createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
};

const doubles = (data: NdArray['data']): Float64Array => Float64Array.from(data as Iterable<number | bigint>, Number);

/** The name of each HDU, from what the vector says of it. */
function namesOf(hdus: readonly VectorHdu[]): string[] {
  const seen = new Map<string, number>();
  return hdus.map(({ index, extname }) => {
    const name = index === 0 ? 'PRIMARY' : extname === null || extname === '' ? `HDU${index}` : extname;
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return number === 1 ? name : `${name}#${number}`;
  });
}

describe.each(samples)('%s', (name) => {
  const { hdus } = vectorOf(name);
  const names = namesOf(hdus);

  it('has these HDUs and cards', async () => {
    await using file = await open(sample(name), name);
    expect(file.warnings).toEqual([]);
    expect([...(file.groups ?? new Map()).keys()]).toEqual(names);
    for (const [index, hdu] of hdus.entries()) checkCards(file.groups?.get(names[index] ?? '')?.attributes ?? {}, hdu);
    expect(file.attributes).toEqual(file.groups?.get('PRIMARY')?.attributes);
  });

  it('has these values', async () => {
    await using file = await open(sample(name), name);
    const expected: string[] = [];
    for (const [index, hdu] of hdus.entries()) {
      const own = names[index] ?? '';
      if (hdu.stored !== undefined || hdu.decoded !== undefined) {
        expected.push(own);
        await checkImage(file, own, hdu);
      }
      for (const column of hdu.columns ?? []) {
        expected.push(`${own}/${column.name}`);
        await checkColumn(file, `${own}/${column.name}`, column, hdu.rows ?? 0);
      }
    }
    expect([...file.variables.keys()]).toEqual(expected);
  });
});

function checkCards(attributes: Readonly<Record<string, Attribute>>, { cards }: VectorHdu): void {
  const commentary = new Map<string, unknown[]>();
  const first = new Map([...cards].reverse().map(([keyword, value]) => [keyword, value]));
  for (const [keyword, any] of cards) {
    const isText = ['COMMENT', 'HISTORY', ''].includes(keyword);
    const value = isText ? any : first.get(keyword);
    const found = attributes[keyword];
    if (isText) commentary.set(keyword, [...(commentary.get(keyword) ?? []), value]);
    else if (typeof found === 'bigint') expect(String(found)).toBe(value);
    else if (Array.isArray(found)) expect({ complex: found }).toEqual(value);
    else expect([keyword, found]).toEqual([keyword, value]);
  }
  for (const [keyword, texts] of commentary) expect(attributes[keyword]).toEqual(texts);
  expect(new Set(Object.keys(attributes))).toEqual(new Set(cards.map(([keyword]) => keyword)));
}

async function checkImage(file: DataFile, name: string, { stored, physical, decoded }: VectorHdu): Promise<void> {
  const variable = file.variables.get(name);
  const summary = stored ?? decoded;
  expect(variable).toMatchObject({ name, dtype: summary?.dtype, shape: summary?.shape });
  const raw = await variable!.read({ decode: false });
  expect([raw.shape, sha256(raw.data)]).toEqual([summary?.shape, summary?.sha256]);
  const { data } = await variable!.read();
  expect(sha256(physical === undefined ? data : doubles(data))).toBe((physical ?? decoded)?.sha256);
}

async function checkColumn(file: DataFile, name: string, column: VectorColumn, rows: number): Promise<void> {
  const variable = file.variables.get(name)!;
  expect(variable.units ?? null).toBe(column.unit);
  expect(variable.fill ?? null).toBe(column.tnull);
  expect(variable.shape[0]).toBe(rows);
  const raw = await variable.read({ decode: false });
  const { data, shape } = await variable.read();
  expect(shape).toEqual(variable.shape);
  if (column.stored !== undefined) {
    expect(variable.dtype).toBe(column.stored.dtype);
    expect([raw.shape, sha256(raw.data)]).toEqual([column.stored.shape, column.stored.sha256]);
  }
  if (column.storedShape !== undefined && column.text === undefined) expect(raw.shape).toEqual(column.storedShape);
  if (column.storedBytes !== undefined) expect([...raw.data]).toEqual(column.storedBytes);
  if (column.physical !== undefined)
    expect([...data.slice(0, column.physical.first.length)]).toEqual(column.physical.first);
  if (column.bits !== undefined) {
    expect(shape).toEqual(column.bitsShape);
    expect([...data].join('')).toBe(column.bits.join(''));
  }
  if (column.text !== undefined) {
    const [first, last] = [column.text.first, column.text.last].map((list) => list.map((text) => text.trimEnd()));
    expect(shape).toEqual(column.text.shape ?? [rows]);
    expect(data.slice(0, first!.length)).toEqual(first);
    expect(data.slice(-last!.length)).toEqual(last);
  }
  // a missing value is 0 or false for the program that was asked; it is NaN or null here
  if (column.values !== undefined)
    expect(Array.from(data as Iterable<number | boolean | null>, (value) => Number(value) || 0)).toEqual(
      column.values.map(Number),
    );
  if (column.rowLengths !== undefined) {
    const lists = data as ArrayLike<number>[];
    expect(lists.map((list) => list.length)).toEqual(column.rowLengths);
    expect(lists.slice(0, column.rows?.length).map((list) => Array.from(list))).toEqual(column.rows);
  }
}
