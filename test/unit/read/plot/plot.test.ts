import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openData, plot, type PlotData, type PlotOptions, type Variable } from '../../../../src/read/index.js';
import { rejection } from '../../../support/rejection.js';
import { tempDir } from '../../../support/temp-dir.js';
import { samplePath } from '../support/samples.js';
import { computed, inFile } from './made.js';
import { seenIn } from '../../../support/picture.js';

const line: PlotData = { name: 'line', data: [1, 2, 3] };

describe('what a file says', () => {
  const hostile = '<script>alert(1)</script> & "quoted" \'too\'\u0000\u001b[31m\u202e{a|b}';
  const harmless = '<script>alert(1)</script> & "quoted" \'too\' [31m {a|b}';

  it('is text in the picture, whatever it holds', async () => {
    const axis = computed(hostile, [3], (at) => at, { units: '</svg>' });
    const rows = computed(hostile, [2, 30], (row, at) => row + at, {
      units: hostile,
      attributes: { long_name: hostile, CATDESC: `${hostile} ${'long '.repeat(100)}` },
    });
    const { svg, png } = await plot(rows, { labels: [hostile, '<b>two</b>'] });
    const { tags, texts, yTitle } = seenIn(svg);
    expect(
      [...tags].filter((tag) => !['path', 'g', 'rect', 'line', 'text', 'defs', 'clippath'].includes(tag.toLowerCase())),
    ).toEqual([]);
    expect(yTitle).toContain('<script>alert(1)</script> & "quoted"');
    expect(texts.filter((text) => text.startsWith('<script>alert(1)')).length).toBeGreaterThan(2);
    expect(texts).toContain('<b>two</b>');
    expect(svg).not.toMatch(/[\p{Cc}\u202e]/u);
    // A strict reader of XML takes it.
    expect((await png()).length).toBeGreaterThan(1000);
    const against = seenIn((await plot(line, { against: axis })).svg);
    expect(against.xTitle).toBe(`${harmless} (</svg>)`);
    const image = seenIn((await plot(rows, { kind: 'image' })).svg);
    expect(image.tags.has('script')).toBe(false);
  });

  it('about a lonely half of a pair of code units does not break the picture', async () => {
    const { svg, png } = await plot({ ...line, name: 'half \ud800 and \ufffe' });
    expect(svg).not.toMatch(/\p{Cs}|\ufffe/u);
    expect((await png()).length).toBeGreaterThan(1000);
  });
});

describe('the picture', () => {
  it('is written where it shall be, in place of what is there', async () => {
    const folder = tempDir();
    const path = join(folder, 'a.svg');
    writeFileSync(path, 'something else');
    const { svg } = await plot(line, { to: path });
    expect(readFileSync(path, 'utf8')).toBe(svg);
    await plot(line, { to: new URL(`file://${folder}/B.PNG`) });
    expect(readFileSync(join(folder, 'B.PNG')).subarray(1, 4).toString()).toBe('PNG');
    expect(readdirSync(folder).sort()).toEqual(['B.PNG', 'a.svg']);
  });

  it('that cannot be written leaves nothing behind', async () => {
    const folder = tempDir();
    expect(await rejection(plot(line, { to: join(folder, 'none', 'a.svg') }))).toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is of no value at all where all are missing', async () => {
    const nothing = { name: 'nothing', data: [Number.NaN, Number.NaN, Number.NaN] };
    expect(seenIn((await plot(nothing)).svg).dots).toEqual([]);
    expect(seenIn((await plot({ ...nothing, shape: [1, 3] }, { kind: 'image' })).svg).image).toBeDefined();
  });
});

describe('an abort', () => {
  it('ends a plot before it begins', async () => {
    const reason = new Error('enough');
    const values = computed('values', [10], (at) => at);
    expect(await rejection(plot(values, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(values.asked).toEqual([]);
  });

  it.each([
    ['lines', [3_000_000]],
    ['image', [3000, 1000]],
  ] as const)('ends %s between two pieces, and nothing is written', async (_, shape) => {
    const folder = tempDir();
    const stop = new AbortController();
    const values = computed('values', shape, () => 1);
    const read: Variable['read'] = async (options) => {
      if (values.asked.length === 1) stop.abort('enough');
      return values.read({ ...options, stride: shape.map(() => 1) });
    };
    const work = plot({ ...values, read }, { signal: stop.signal, to: join(folder, 'a.svg') });
    await expect(work).rejects.toBe('enough');
    expect(values.asked.length).toBeLessThan(3);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('ends a read that does not end', async () => {
    const stop = new AbortController();
    const values = { ...computed('values', [10], () => 1) };
    const read: Variable['read'] = () => {
      stop.abort('enough');
      return new Promise(() => undefined);
    };
    await expect(plot({ ...values, read }, { signal: stop.signal })).rejects.toBe('enough');
  });
});

describe('is refused', () => {
  const options: [PlotOptions, string][] = [
    [{ colors: 'grey' } as PlotOptions, 'plot: unknown option "colors"; did you mean "colours"?'],
    [{ to: 'plot.jpg' }, 'plot: to must end in .svg or .png, got "plot.jpg"'],
    [{ to: '' }, 'plot: to must be a path or a file: URL'],
    [{ kind: 'bars' as 'lines' }, 'plot: kind must be one of lines, image'],
    [{ colours: 'toString' as 'grey' }, 'plot: colours must be one of viridis, grey, turbo, blue-red'],
    [{ scale: 'sqrt' as 'log' }, 'plot: scale must be one of linear, log'],
    [{ width: '700' as unknown as number }, 'plot: width must be a number'],
    [{ width: 20 }, 'plot: width is 20; it must be a whole number from 200 to 4000'],
    [{ height: 1e6 }, 'plot: height is 1000000; it must be a whole number from 150 to 4000'],
    [{ range: [3, 1] }, 'plot: range must be two numbers, the lower one first'],
    [{ range: [0, 1], scale: 'log' }, 'plot: range must be above 0 on a logarithmic scale'],
    [{ labels: ['a', 'b'] }, 'plot: labels has 2 names for 1 lines'],
    [{ against: 'time' as unknown as PlotData }, 'plot: against must be a variable, or an object with name and data'],
    [{ against: { name: 'time', data: [1, 2] } }, 'plot: against: time has the shape [2]; line needs 3 positions'],
    [{ error: { name: 'e', data: [1, 2] } }, 'plot: error: e has the shape [2]; it must have that of line, [3]'],
    [{ start: [4] }, 'start 4, count 0, stride 1 of axis 0 lie outside its 3 elements'],
    [{ signal: {} as AbortSignal }, 'plot: signal must be an AbortSignal'],
  ];
  it.each(options)('%o', async (given, words) => {
    const error = await rejection(plot(line, given));
    expect(error).toMatchObject({ message: words });
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
  });

  const shaped = (name: string, shape: number[]): Variable =>
    inFile(
      'netcdf4',
      computed(name, shape, () => 1),
    );
  it.each([
    [
      shaped('cube', [3, 4, 5]),
      'plot: cube has the axes 3, 4, 5; select one index on all axes but two, or all but one',
    ],
    [shaped('scalar', []), 'plot: scalar is a single value here'],
    [shaped('none', [0, 4]), 'plot: none has no values'],
    [{ ...shaped('words', [3]), dtype: 'text' as const }, 'plot: words holds text, which cannot be plotted'],
    [
      { ...shaped('waves', [3]), dtype: 'complex64' as const },
      'plot: waves holds complex64 values, which cannot be plotted',
    ],
    [{ name: 'short', data: [1, 2], shape: [3] }, 'plot: short has 2 values, but its shape is [3]'],
  ])('what has no picture: %#', async (source, words) => {
    expect(await rejection(plot(source))).toMatchObject({ message: words });
  });

  it.each([undefined, null, 'PRIMARY', {}, { name: 'a' }])(
    'what is neither a variable nor values: %o',
    async (source) => {
      expect(await rejection(plot(source as unknown as PlotData))).toMatchObject({
        message: 'plot: the first argument must be a variable, or an object with name and data',
      });
    },
  );

  it('a file that is closed', async () => {
    const file = await openData(samplePath('netcdf', '20210602aky0930.nc'));
    await file.close();
    const variable = file.variables.get('Background_Low');
    if (variable === undefined) throw new Error('there is no such variable');
    expect(await rejection(plot(variable))).toBeInstanceOf(Error);
  });
});
