import { describe, expect, test } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { requireEquation } from '../../../src/scops/band-math/equation.js';
import { bandMathFields, checkBandMath } from '../../../src/scops/band-math/fields.js';
import { requireMathName } from '../../../src/scops/band-math/names.js';
import { bandAt, ndbi, ndvi, ndwi, normalizedDifference, pri, savi, type Band } from '../../../src/scops/index.js';

const args = new Arguments('op');
const fenix: Band[] = Array.from({ length: 211 }, (_, at) => ({ number: at + 1, wavelengthNm: 400 + at * 10 }));
const eagle: Band[] = Array.from({ length: 61 }, (_, at) => ({ number: at + 1, wavelengthNm: 400 + at * 10 }));
const form = {
  configName: 'GB13_08_2014_217_20180307152824',
  lines: ['f21701', 'f21702'],
  bands: eagle,
  equations: {},
  plugins: ['spectral_angle'],
};
const fields = (request: Parameters<typeof checkBandMath>[1]): [string, string][] =>
  bandMathFields(args, checkBandMath(args, request), form, new Map([['f21701', 61]]), 'GB13_08');

describe('wavelengths to bands', () => {
  test('the nearest band is taken, whatever the order', () => {
    expect(bandAt(fenix, 671)).toBe(28);
    expect(bandAt([...fenix].reverse(), 671)).toBe(28);
    expect(bandAt(fenix, 396)).toBe(1);
  });
  test.each([300, 3000, 394, 2506])('%d nm is refused by a sensor that does not see it', (nm) => {
    expect(() => bandAt(fenix, nm)).toThrow(RangeError);
  });
  test('bands without wavelengths and nonsense are refused', () => {
    expect(() => bandAt([{ number: 1 }], 500)).toThrow(/no wavelengths/u);
    expect(() => bandAt([], 500)).toThrow(RangeError);
    expect(() => bandAt(fenix, NaN)).toThrow(TypeError);
  });
  test('pitfall 23: indices fit any sensor that sees their wavelengths', () => {
    expect(ndvi(eagle)).toBe('(band41-band28)/(band41+band28)');
    expect(ndvi(fenix)).toBe('(band41-band28)/(band41+band28)');
    expect(ndwi(fenix)).toBe('(band47-band85)/(band47+band85)');
    expect(ndbi(fenix)).toBe('(band121-band41)/(band121+band41)');
    expect(pri(eagle)).toBe('(band14-band18)/(band14+band18)');
    expect(savi(eagle)).toBe('1.5*(band41-band28)/(band41+band28+0.5)');
    expect(() => ndwi(eagle)).toThrow(RangeError);
    expect(() => savi(eagle, 3)).toThrow(RangeError);
  });
  test('two wavelengths on one band are no index', () => {
    expect(() => normalizedDifference(eagle, 700, 701)).toThrow(/same band/u);
  });
  test('what the helpers write passes the check of equations', () => {
    for (const equation of [ndvi(eagle), savi(eagle), pri(eagle)]) requireEquation(args, 'x', equation, 61);
  });
});

describe('equations are numbers, bands, operators and functions of NumExpr', () => {
  test.each<[string, number[]]>([
    ['band1', [1]],
    ['(band253-band170)/(band253+band170)', [170, 253]],
    ['-band1 ** 2', [1]],
    ['where(band1 > 1.5e3, sqrt(band2), 0)', [1, 2]],
    ['(band1-band2 > 2) & ~(band3 <= 4)', [1, 2, 3]],
  ])('%s', (equation, bands) => {
    expect(requireEquation(args, 'x', equation, 622)).toEqual({ text: equation, bands });
  });
  test.each<[unknown, RegExp]>([
    ['', /empty/u],
    [5, /empty/u],
    ['1 + 2', /no band/u],
    ['band0', /band1 to band999/u],
    ['band1000', /band1 to band999/u],
    ['band01', /band1 to band999/u],
    ['band623', /622 bands/u],
    ['band1 % 2', /%/u],
    ['band1 ; band2', /;/u],
    ['band1\nband2', /ASCII/u],
    ['bandé', /ASCII/u],
    ['band1 +', /is incomplete/u],
    ['(band1', /lacks "\)"/u],
    ['band1)', /should end/u],
    ['band1 band2', /should end/u],
    ['sqrt band1', /lacks "\("/u],
    ['where(band1, 2)', /lacks ","/u],
    ['Math.sqrt(band1)', /write sqrt\(/u],
    ['__import__("os")', /cannot be read/u],
    ['os.system(band1)', /NumExpr does not know/u],
    ['constructor(band1)', /NumExpr does not know/u],
    ['band1 // band2', /value should be/u],
    ['*band1', /value should be/u],
    ['band1 @ band2', /cannot be read/u],
    [`${'('.repeat(150)}band1${')'.repeat(150)}`, /nested/u],
    ['band1+'.repeat(400), /longer/u],
  ])('%s is refused', (equation, message) => {
    expect(() => requireEquation(args, 'x', equation, 622)).toThrow(message);
  });
});

describe('the server reckons as Python 2 does', () => {
  test.each([
    ['1/2*band1', '1.0/2*band1'],
    ['(1/3)*(band1+band2+band3)', '(1.0/3)*(band1+band2+band3)'],
    ['band1*(3/4)', 'band1*(3.0/4)'],
    ['band1 * (1+2) / 4', 'band1 * (1+2) / 4'],
    ['((1+2)/4)*band1', '((1+2)/4.0)*band1'],
    ['-1/2*band1', '-1.0/2*band1'],
    ['1 / 2 / 2 * band1', '1.0 / 2 / 2 * band1'],
    ['band1**(1/2)', 'band1**(1.0/2)'],
    ['(band1 > 5)*1/2*band2', '(band1 > 5)*1/2.0*band2'],
    ['where(band1 > 2, 1, 0)/2', 'where(band1 > 2, 1, 0)/2.0'],
    ['4/2*band1', '4/2*band1'],
    ['band1/2', 'band1/2'],
    ['1.0/2*band1', '1.0/2*band1'],
    ['2*band1/3', '2*band1/3'],
    ['  sqrt(1/4)*band1 ', 'sqrt(1.0/4)*band1'],
  ])('%s is sent as %s', (equation, text) => {
    expect(requireEquation(args, 'x', equation, 622).text).toBe(text);
  });
  test.each<[string, RegExp]>([
    ['((1+2)/(3+4))*band1', /drops the remainder/u],
    ['where(band1>2,1,0)/where(band2>2,2,3)', /drops the remainder/u],
    ['1/0*band1', /divides by zero/u],
    ['010*band1', /leading 0/u],
    ['08*band1', /leading 0/u],
    ['9007199254740993*band1', /too large/u],
  ])('%s is refused', (equation, message) => {
    expect(() => requireEquation(args, 'x', equation, 622)).toThrow(message);
  });
});

describe('the server evaluates with NumExpr, which takes few mixtures of kinds', () => {
  test.each([
    'fmod(band1,band2)',
    'ones_like(band1)',
    'copy(band1)',
    'real(band1)',
    'real(complex(band1,band2))',
    '(band1>band2)&(band3>band4)',
    '(band1>band2)|~(band3>band4)',
    '(band1>band2)*1.0',
    '(band1>band2)*band3',
    '(band1>band2)==(band3>band4)',
    'where(band1>band2,band1,band2)',
    'where((band1>band2)&(band3>0),1,band2)',
    'where(band1>band2,band3>0,band4>0)',
    'sqrt(band1>band2)',
    '+band1',
    '-band1**-2',
    '2**band1',
    'band1**band2**2',
    'band1 < 2+band2',
    '1<2<band1',
    'band1*(1&3)',
  ])('%s is taken', (equation) => {
    expect(requireEquation(args, 'x', equation, 622).text).toBe(equation);
  });
  test.each<[string, RegExp]>([
    ['band1 & band2', /other than comparisons/u],
    ['(band1 > 2) & 1', /other than comparisons/u],
    ['(band1 > 2) | band2', /other than comparisons/u],
    ['~band1', /~ of something/u],
    ['band1 < band2 < band3', /chains comparisons/u],
    ['1 < band1 < 5', /chains comparisons/u],
    ['band1 == band2 != band3', /chains comparisons/u],
    ['band1>band2&band3>band4', /other than comparisons/u],
    ['where(band1,band2,band3)', /comparison first/u],
    ['where(1>2,band2,band3)', /constant condition/u],
    ['(band1>band2)-(band3>band4)', /a difference of comparisons/u],
    ['(band1>band2)+(band3>band4)', /a sum of comparisons/u],
    ['(band1>band2)*(band3>band4)', /a product of comparisons/u],
    ['(band1>band2)/(band3>band4)', /remainder|quotient/u],
    ['(band1>band2)**2', /a power of comparisons/u],
    ['-(band1>band2)', /- of a comparison/u],
    ['complex(band1,band2)', /complex numbers/u],
    ['complex(band1,band2)+1', /complex numbers/u],
    ['sum(band1)', /does not know/u],
    ['fmod(band1)', /lacks ","/u],
    ['0*1', /no band/u],
    ['log(-1)*band1', /no value/u],
    [Array.from({ length: 32 }, (_, at) => `band${at + 1}`).join('+'), /31 at most/u],
  ])('%s is refused', (equation, message) => {
    expect(() => requireEquation(args, 'x', equation, 622)).toThrow(message);
  });
});

describe('pitfall 33: names', () => {
  const none = { lines: ['f21701'], equations: [], plugins: [] };
  test.each(['ndvi', 'veg_index', 'a1'])('%s is fine', (name) => {
    requireMathName(args, name, 'equation', none);
  });
  test.each([
    'pro',
    'project',
    'source',
    'lev1',
    'lev1_mapped',
    'ource',
    'f2',
    'xf21701',
    'plugin',
    'flag',
    'x1b',
    'bil',
    'NDVI',
    '1x',
    'x',
    'freq_ratio',
    'seq_a',
    'my_plugin_x',
  ])('%s is refused', (name) => {
    expect(() => requireMathName(args, name, 'equation', none)).toThrow(TypeError);
  });
  test('an equation and a plugin must not contain each other', () => {
    expect(() => fields({ equations: { angle: 'band1' }, plugins: ['spectral_angle'] })).toThrow(/collides/u);
    expect(() => fields({ equations: { spectral_angle: 'band1' }, plugins: ['spectral_angle'] })).toThrow(
      /and of a plugin/u,
    );
  });
});

describe('what is sent (notes 7.2 and 7.4)', () => {
  test('only ticked equations, on all lines', () => {
    expect(fields({ equations: { ndvi: 'band2-band1' } })).toEqual([
      ['source', form.configName],
      ['lev1_mapped', 'lev1'],
      ['project', 'GB13_08'],
      ['equation_flag_ndvi', 'band2-band1'],
      ['f21701_ndvi', 'on'],
      ['f21702_ndvi', 'on'],
    ]);
  });
  test('bands that every line has', () => {
    expect(() => fields({ equations: { veg: 'band62' } })).toThrow(/line f21701 has 61 bands/u);
    expect(fields({ equations: { veg: 'band62' }, lines: ['f21702'] })).toContainEqual(['f21702_veg', 'on']);
  });
  test('plugins with two underscores, and with an equation that does nothing, without which they never run', () => {
    expect(fields({ plugins: ['spectral_angle'], lines: ['f21702'] }).slice(3)).toEqual([
      ['equation_flag_zzidle', 'band1'],
      ['plugin_flag_spectral_angle', 'spectral_angle'],
      ['f21702__spectral_angle', 'on'],
    ]);
  });
  test.each<[string, unknown]>([
    ['no list of plugins', { plugins: 'x' }],
    ['a plugin twice', { plugins: ['ab', 'ab'] }],
    ['no lines', { equations: { veg: 'band1' }, lines: [] }],
    ['nothing', undefined],
  ])('%s is refused', (_what, request) => {
    expect(() => checkBandMath(args, request as never)).toThrow(TypeError);
  });
});
