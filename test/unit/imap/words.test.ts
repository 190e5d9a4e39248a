import { describe, expect, it } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { DATA_LEVELS, INSTRUMENTS, SPICE_TYPES } from '../../../src/imap/centre.js';
import { requireWord } from '../../../src/imap/query/words.js';

const lists = { instrument: INSTRUMENTS, dataLevel: DATA_LEVELS, type: SPICE_TYPES };
const ask = (name: keyof typeof lists, word: unknown): string =>
  requireWord(new Arguments('imap.query'), word, { name, known: lists[name] });

describe('words that the server may know and this version does not', () => {
  it.each<[keyof typeof lists, string]>([
    ['instrument', 'newinst'],
    ['instrument', 'max'],
    ['instrument', 'ho'],
    ['instrument', 'l2const'],
    ['dataLevel', 'l2-pre'],
    ['dataLevel', 'l4'],
    ['dataLevel', 'l2d'],
    ['dataLevel', 'l3f'],
    ['type', 'star_tracker'],
    ['type', 'ephemeris_30days'],
    ['type', 'moon'],
  ])('%s %s is sent', (name, word) => {
    expect(ask(name, word)).toBe(word);
  });

  it.each<[keyof typeof lists, unknown, string]>([
    ['instrument', 'MAG', 'mag'],
    ['instrument', 'mag ', 'mag'],
    ['instrument', 'mga', 'mag'],
    ['instrument', 'magg', 'mag'],
    ['instrument', 'swappi', 'swapi'],
    ['instrument', 'ultr', 'ultra'],
    ['instrument', 'spacecarft', 'spacecraft'],
    ['instrument', 'l0', 'lo'],
    ['dataLevel', 'L1A', 'l1a'],
    ['dataLevel', '11a', 'l1a'],
    ['dataLevel', 'l1-a', 'l1a'],
    ['dataLevel', 'lO', 'l0'],
    ['type', 'attitude-history', 'attitude_history'],
    ['type', 'ephemeris_predict', 'ephemeris_predicted'],
    ['type', 'leapsecond', 'leapseconds'],
    ['type', 'spins', 'spin'],
  ])('%s %o is a slip, and %s is suggested', (name, word, meant) => {
    expect(() => ask(name, word)).toThrow(TypeError);
    expect(() => ask(name, word)).toThrow(new RegExp(`did you mean "?${meant}"?\\?`));
  });

  it.each([['a b'], [''], ['ma\ng'], [7], [null], ['mag&x=1']])('%o is no word', (word) => {
    expect(() => ask('instrument', word)).toThrow(TypeError);
  });

  it('every known word is taken as it is', () => {
    for (const word of INSTRUMENTS) expect(ask('instrument', word)).toBe(word);
    for (const word of DATA_LEVELS) expect(ask('dataLevel', word)).toBe(word);
    for (const word of SPICE_TYPES) expect(ask('type', word)).toBe(word);
  });
});
