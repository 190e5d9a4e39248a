import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/core/util/json.js';

describe('JSON as servers in Python send it', () => {
  test.each<[string, unknown]>([
    ['[NaN, Infinity, -Infinity]', [null, null, null]],
    ['{"a":NaN,"b":{"c":[1,-Infinity]}}', { a: null, b: { c: [1, null] } }],
    ['NaN', null],
    ['{"note":"NaN and \\"Infinity\\"","x":NaN}', { note: 'NaN and "Infinity"', x: null }],
    ['{"path":"C:\\\\","x":NaN}', { path: 'C:\\', x: null }],
    ['{"NaN":1,"x": NaN }', { NaN: 1, x: null }],
    ['{"big":12345678901234567890,"x":NaN}', { big: Number('12345678901234567890'), x: null }],
  ])('%s', (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });

  test.each(['', '<html>', '{"a":NaNs}', '{"a":nothing}', '[1NaN]', '["NaN', '{"a":"NaN}'])('%j is no JSON', (text) => {
    expect(() => parseJson(text)).toThrow(SyntaxError);
  });

  test('long texts need no stack', () => {
    const long = 'x"\\'.repeat(500_000);
    expect(parseJson(`{"a":NaN,"b":${JSON.stringify(long)}}`)).toEqual({ a: null, b: long });
  });

  test('what is JSON is read as JSON, and texts are kept whatever they hold', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('NaN', '-Infinity', '"NaN"', '\\NaN', ':NaN,'));
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        expect(parseJson(JSON.stringify(texts))).toEqual(texts);
        expect(parseJson(`[NaN,${JSON.stringify(texts)}]`)).toEqual([null, texts]);
      }),
    );
  });
});
