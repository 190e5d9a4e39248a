import { describe, expect, it } from 'vitest';
import { TextTable } from '../../../../src/core/mirror/text-table.js';

describe('a table of texts', () => {
  it('is a map of strings: the last text of a key counts', () => {
    const table = new TextTable();
    const map = new Map<string, string>();
    const before: (string | undefined)[][] = [[], []];
    for (let at = 0; at < 30_000; at += 1) {
      const key = `imap/mag/${(at * 7919) % 9973}-ü.cdf`;
      const text = at % 11 === 0 ? '' : `${at} ${'x'.repeat(at % 300)}`;
      before[0]?.push(table.set(key, text));
      before[1]?.push(map.get(key));
      map.set(key, text);
    }
    expect(before[0]).toEqual(before[1]);
    expect([...map.keys()].map((key) => table.get(key))).toEqual([...map.values()]);
    expect(table.get('imap/mag/none.cdf')).toBeUndefined();
    expect(new Map(table)).toEqual(map);
    expect([...table]).toHaveLength(map.size);
  });

  it('tells keys of the same hash and keys that begin alike from each other', () => {
    const table = new TextTable();
    // FNV-1a gives both 0x5e4daa9d.
    const keys = ['costarring', 'liquid', 'a', 'a/b', 'a/b/c', ''];
    for (const key of keys) table.set(key, `text of ${key}`);
    expect([...table]).toEqual(keys.map((key) => [key, `text of ${key}`]));
    expect(keys.map((key) => table.get(key))).toEqual(keys.map((key) => `text of ${key}`));
  });

  it('holds texts that are longer than the pieces of memory that it takes', () => {
    const table = new TextTable();
    const long = 'é'.repeat(3_000_000);
    table.set('before', 'short');
    table.set('long', long);
    table.set('after', 'short');
    expect(table.get('long')).toBe(long);
    expect([...table].map(([key, { length }]) => [key, length])).toEqual([
      ['before', 5],
      ['long', 3_000_000],
      ['after', 5],
    ]);
  });
});
