import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { epoch16ToIso, epochToIso, tt2000ToIso } from '../../../../src/read/cdf/times.js';
import type { Attribute } from '../../../../src/read/types.js';
import { bytesOf, openSample, samples, storedValue, vectorOf, type EntryVector } from './samples.js';

/** The value of an attribute's entry as the reader gives it. */
function valueOf({ text, values = [], type }: EntryVector): Attribute {
  if (text !== undefined) return text;
  const numbers = values.map((value) =>
    Array.isArray(value) ? value.map((part) => storedValue(part, type)) : storedValue(value, type),
  );
  return numbers.length === 1 ? (numbers[0] ?? null) : numbers;
}

const isoOf = (value: unknown, type: string): string | undefined => {
  if (typeof value === 'bigint') return tt2000ToIso(value);
  if (Array.isArray(value)) return epoch16ToIso(Number(value[0]), Number(value[1]));
  return type === 'EPOCH' ? epochToIso(Number(value)) : undefined;
};

const expectedIso = (iso: string | null): string | undefined =>
  iso === null || iso === 'FILL' || iso === 'PAD' ? undefined : iso;

describe.each(samples)('%s', (name) => {
  const vector = vectorOf(name);

  it('has the variables of the vector in their order, with their shapes and attributes', async () => {
    await using file = await openSample(name);
    expect([...file.variables.keys()]).toEqual(vector.variables.map((variable) => variable.name));
    for (const expected of vector.variables) {
      const variable = file.variables.get(expected.name)!;
      expect(variable.shape, expected.name).toEqual(expected.shape);
      const attributes = Object.entries(expected.attributes).map(([key, entry]) => [key, valueOf(entry)]);
      expect(variable.attributes, expected.name).toEqual(Object.fromEntries(attributes));
      expect(variable.units).toBe(expected.attributes.UNITS?.text);
      expect(variable.dimensions).toEqual(
        variable.shape.map((_, axis) => expected.attributes[`DEPEND_${axis}`]?.text ?? ''),
      );
      if (expected.fill !== undefined)
        expect(variable.fill).toEqual(storedValue(expected.fill.value, expected.fill.type));
    }
  });

  it('has the attributes of the file', async () => {
    await using file = await openSample(name);
    const expected = Object.entries(vector.globalAttributes).map(([key, entries]) => {
      const values = entries.map(valueOf);
      return [key, values.length === 1 ? values[0] : values];
    });
    expect(withUnknown(file.attributes)).toEqual(Object.fromEntries(expected));
  });

  it('has the stored values to the last bit', async () => {
    await using file = await openSample(name);
    for (const expected of vector.variables) {
      const { data } = await file.variables.get(expected.name)!.read({ decode: false });
      expect(createHash('sha256').update(bytesOf(data)).digest('hex'), expected.name).toBe(expected.sha256);
    }
  });

  it('has the times, as text and since 1970', async () => {
    await using file = await openSample(name);
    for (const expected of vector.variables) {
      if (expected.times === undefined) continue;
      const variable = file.variables.get(expected.name)!;
      const stored = (await variable.read({ decode: false })).data as ArrayLike<bigint | number>;
      const decoded = (await variable.read()).data as BigInt64Array;
      for (const [at, index] of expected.times.index.entries()) {
        const value =
          expected.type === 'EPOCH16' ? [stored[2 * index]!, stored[2 * index + 1]!] : (stored[index] ?? null);
        const iso = expectedIso(expected.times.iso[at]!);
        expect(isoOf(value, expected.type)).toBe(iso);
        expect(decoded[index], `${expected.name}[${index}] ${iso}`).toBe(unixOfIso(iso));
      }
    }
  });
});

/** Bytes that are no UTF-8 are unknown to the vectors; here they are Latin-1. */
function withUnknown(attributes: Readonly<Record<string, Attribute>>): unknown {
  const json = JSON.stringify(attributes, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
  const unknown = json.replaceAll('Tromsø', 'Troms\ufffd').replaceAll('4ï°', '4\ufffd°');
  return JSON.parse(unknown, (_, value: unknown) =>
    typeof value === 'string' && /^-?\d+n$/u.test(value) ? BigInt(value.slice(0, -1)) : value,
  );
}

/** By the calendar of JavaScript; a leap second repeats the one before. */
function unixOfIso(iso: string | undefined): bigint {
  if (iso === undefined) return -(2n ** 63n);
  const [clock = '', fraction = ''] = iso.slice(0, -1).split('.');
  const milliseconds = Date.parse(`${clock.replace(/:60$/u, ':59')}Z`);
  const picoseconds = BigInt(fraction.padEnd(12, '0'));
  const time = BigInt(milliseconds) * 1_000_000n + (picoseconds + 500n) / 1000n;
  return BigInt.asIntN(64, time) === time ? time : -(2n ** 63n);
}
