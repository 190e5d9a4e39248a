import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatScopsConfig, newScopsConfig, parseScopsConfig, type ScopsConfig } from '../../../src/scops/index.js';

const SAMPLE = [
  '[DEFAULT]',
  'julianday = 217',
  'project_code = GB13_08',
  'projstring = ',
  'bounds = 50.36 -4.1 50.3 -4.25',
  'eq_ndvi = (band253-band170)/(band253+band170)',
  '',
  '[f21701]',
  'process = true',
  'band_range = 1-20',
  'eq_ndvi = True',
  '',
  '',
].join('\n');

test('what Python wrote is read and written back byte for byte', () => {
  expect(formatScopsConfig(parseScopsConfig(SAMPLE))).toBe(SAMPLE);
});

describe('the grammar of Python 2.7 (notes 13.1)', () => {
  const read = (body: string): Record<string, string> => ({ ...parseScopsConfig(`[DEFAULT]\n${body}`).defaults });
  test.each<[string, string, Record<string, string>]>([
    ['keys are lower-cased', 'Year = 2014', { year: '2014' }],
    ['a colon delimits, too', 'year: 2014', { year: '2014' }],
    ['the first delimiter counts', 'a = b:c=d', { a: 'b:c=d' }],
    ['later values win', 'a = 1\na = 2', { a: '2' }],
    ['comments', '# a = 1\n; b = 2\nrem c = 3\nREM\nd = 4', { d: '4' }],
    ['a blank before ; ends a value', 'a = 1 ; two', { a: '1' }],
    ['a ; inside a word does not', 'a = 1;2', { a: '1;2' }],
    ['only the first ; is looked at', 'a = 1;2 ; three', { a: '1;2 ; three' }],
    ['two quotes are nothing', 'a = ""', { a: '' }],
    ['continuation lines', 'a = 1\n\ttwo\n   three\nb = 4', { a: '1\ntwo\nthree', b: '4' }],
    ['a continuation after a blank line', 'a = 1\n\n  two', { a: '1\ntwo' }],
    ['references', 'a = x\nb = %(a)s/%(A)s', { a: 'x', b: 'x/x' }],
    ['percent signs', 'a = 100%%', { a: '100%' }],
    ['line ends of Windows', 'a = 1\r\nb = 2\r', { a: '1', b: '2' }],
  ])('%s', (_what, body, expected) => {
    expect(read(body)).toEqual(expected);
  });

  test('defaults show through in references of a line, not as its own values', () => {
    const config = parseScopsConfig('[DEFAULT]\na = 1\n[f21701]\nb = %(a)s\n');
    expect(config.lines).toEqual({ f21701: { b: '1' } });
  });

  test('sections of one name are one', () => {
    expect(parseScopsConfig('[x]\na = 1\n[y]\n[x]\nb = 2\n').lines).toEqual({ x: { a: '1', b: '2' }, y: {} });
  });

  test.each([
    ['a value before any section', 'a = 1', /line 1 comes before/u],
    ['a line that is nothing', '[DEFAULT]\nabc\n', /line 2 is no/u],
    ['a bare percent sign', '[DEFAULT]\na = 5%\n', /bare/u],
    ['an unknown reference', '[DEFAULT]\na = %(b)s\n', /"b", which is not there/u],
    ['a reference in a circle', '[DEFAULT]\na = %(a)s\n', /itself/u],
  ])('refuses %s', (_what, text, message) => {
    expect(() => parseScopsConfig(text)).toThrow(message);
    expect(() => parseScopsConfig(text)).toThrow(TypeError);
  });
});

describe('writing refuses what would not be read back', () => {
  const bad: [string, ScopsConfig][] = [
    ['capitals in a key', { defaults: { Year: '1' }, lines: {} }],
    ['= in a key', { defaults: { 'a=b': '1' }, lines: {} }],
    ['a key like a comment', { defaults: { '#a': '1' }, lines: {} }],
    ['the key rem', { defaults: { rem: '1' }, lines: {} }],
    ['a key like a section', { defaults: { '[a]': '1' }, lines: {} }],
    ['an empty key', { defaults: { '': '1' }, lines: {} }],
    ['the key __name__', { defaults: {}, lines: { x: { ['__name__']: '1' } } }],
    ['a value beyond ASCII (pitfall 26)', { defaults: { a: 'ö' }, lines: {} }],
    ['a value with a blank end', { defaults: { a: 'x ' }, lines: {} }],
    ['a value with a carriage return', { defaults: { a: 'x\ry' }, lines: {} }],
    ['a blank before the first ;', { defaults: { a: 'band1 ;x' }, lines: {} }],
    ['two quotes', { defaults: { a: '""' }, lines: {} }],
    ['an empty line within', { defaults: { a: 'x\n\ny' }, lines: {} }],
    ['a line named DEFAULT', { defaults: {}, lines: { DEFAULT: {} } }],
    ['a line with ]', { defaults: {}, lines: { 'a]b': {} } }],
  ];
  test.each(bad)('%s', (_what, config) => {
    expect(() => formatScopsConfig(config)).toThrow(TypeError);
  });
});

test('a formatted config parses back equal, or is refused', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from(' abAZ09_=:;#%()s"\n\t[]rem.')), maxLength: 12 });
  const values = fc.dictionary(text, text, { maxKeys: 5 });
  const configs = fc.record({ defaults: values, lines: fc.dictionary(text, values, { maxKeys: 3 }) });
  let written = 0;
  fc.assert(
    fc.property(configs, (config) => {
      let formatted: string;
      try {
        formatted = formatScopsConfig(config);
      } catch (error) {
        expect(error).toBeInstanceOf(TypeError);
        return;
      }
      written += 1;
      expect(parseScopsConfig(formatted)).toEqual(config);
      expect(formatScopsConfig(parseScopsConfig(formatted))).toBe(formatted);
    }),
    { numRuns: 3000 },
  );
  expect(written).toBeGreaterThan(100);
});

test('a config of plain words always formats and parses back equal', () => {
  const key = fc.stringMatching(/^[a-z][a-z0-9_]{0,12}$/u).filter((word) => word !== 'rem');
  const value = fc.stringMatching(/^(?:[!-:<-~](?: ?[!-:<-~]){0,20})?$/u).filter((word) => word !== '""');
  const values = fc.dictionary(key, value, { maxKeys: 8 });
  const line = fc.stringMatching(/^[a-z]\d{5}$/u);
  fc.assert(
    fc.property(fc.record({ defaults: values, lines: fc.dictionary(line, values, { maxKeys: 4 }) }), (config) => {
      expect(parseScopsConfig(formatScopsConfig(config))).toEqual(config);
    }),
  );
});

test('a new order has every key that the back end reads, in the order of the front end', () => {
  const config = newScopsConfig({
    project: 'GB13_08',
    flight: { year: 2014, day: 217 },
    lines: [{ name: 'f21701', bands: [1, 20] }],
    email: 'me@institute.org',
    projection: 'UTM zone 30N',
    pixelSize: 2,
    bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
    sourceFolder: '/data/2014/gb13_08',
  });
  expect(Object.keys(config.defaults).slice(0, 7)).toEqual([
    'julianday',
    'year',
    'sortie',
    'project_code',
    'projection',
    'sourcefolder',
    'bandratio',
  ]);
  expect(config.defaults).toMatchObject({
    masking: 'uomnrqabcdef',
    confirmed: 'False',
    bounds: '50.36 -4.1 50.3 -4.25',
  });
  expect(config.lines).toEqual({ f21701: { process: 'true', band_range: '1-20' } });
  expect(parseScopsConfig(formatScopsConfig(config))).toEqual(config);
});
