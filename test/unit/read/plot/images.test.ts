import { describe, expect, it } from 'vitest';
import { openData, plot, type NdArray, type Plot, type PlotOptions } from '../../../../src/read/index.js';
import { tempDir } from '../../../support/temp-dir.js';
import { file, hdu, numbers } from '../fits/make.js';
import { samplePath } from '../support/samples.js';
import { computed, inFile } from './made.js';
import { pixelsOf, seenIn, type Pixels } from '../../../support/picture.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const crop = new URL('../../../../examples/data/vegetation-crop.bil', import.meta.url);

async function plotOf(
  source: Uint8Array | URL | string,
  name: string,
  options?: PlotOptions,
): Promise<{ plotted: Plot; whole: NdArray }> {
  await using data = await openData(source);
  const variable = data.variables.get(name);
  if (variable === undefined) throw new Error(`there is no ${name}`);
  return { plotted: await plot(variable, options), whole: await variable.read() };
}

/** The grey of the middle of a cell of an image that is drawn with so many. */
const greyIn =
  (image: Pixels, columns: number, rows: number) =>
  (column: number, row: number): number | undefined => {
    const [x, y] = [((column + 0.5) * image.width) / columns, ((row + 0.5) * image.height) / rows].map(Math.floor);
    const [red, , , opacity] = image.at(x ?? 0, y ?? 0);
    return opacity === 0 ? undefined : red;
  };

describe('an image', () => {
  it('of FITS has its origin at the lower left, and square pixels', async () => {
    const fits = file(hdu(16, [3, 2], numbers.i16(0, 51, 102, 153, 204, 255)));
    const { plotted } = await plotOf(fits, 'PRIMARY', { colours: 'grey' });
    const seen = seenIn(plotted.svg);
    const image = await pixelsOf(seen);
    expect(image.width / image.height).toBeCloseTo(3 / 2, 1);
    const grey = greyIn(image, 3, 2);
    // The first row of the file is the lower one.
    expect([grey(0, 1), grey(1, 1), grey(2, 1), grey(0, 0), grey(1, 0), grey(2, 0)]).toEqual([
      0, 51, 102, 153, 204, 255,
    ]);
    expect(seen.valueAt('y', image.height * 0.75)).toBeCloseTo(0, 1);
    expect(seen.valueAt('y', image.height * 0.25)).toBeCloseTo(1, 1);
    expect(seen.valueAt('x', image.width / 2)).toBeCloseTo(1, 1);
  });

  it('of an ENVI band has its first line at the top; what is to be ignored is transparent', async () => {
    const { plotted, whole } = await plotOf(crop, 'data', { start: [2, 0, 0], count: [1, 6, 8], colours: 'grey' });
    const band = Array.from(whole.data as Float64Array).slice(2 * 48);
    const there = band.filter((value) => !Number.isNaN(value));
    const [low, high] = [Math.min(...there), Math.max(...there)];
    const seen = seenIn(plotted.svg);
    const grey = greyIn(await pixelsOf(seen), 8, 6);
    for (const [at, value] of band.entries()) {
      const drawn = grey(at % 8, Math.floor(at / 8));
      if (Number.isNaN(value)) expect(drawn).toBeUndefined();
      else expect(Math.abs((drawn ?? Number.NaN) - ((value - low) / (high - low)) * 255)).toBeLessThan(1.1);
    }
    expect(band.some(Number.isNaN)).toBe(true);
    expect({ x: seen.xTitle, y: seen.yTitle }).toEqual({ x: 'sample', y: 'line' });
    expect(seen.valueAt('y', 0)).toBeLessThan(seen.valueAt('y', 100));
  });

  it('that is larger than the picture has the means, read in pieces', async () => {
    const board = computed(
      'board',
      [2000, 2000],
      (row, column) => ((row + column) % 2 === 0 ? 0 : 10) + (column >= 1000 ? 20 : 0),
    );
    const { svg } = await plot(board, { colours: 'grey', range: [0, 51] });
    const image = await pixelsOf(seenIn(svg));
    expect(image.at(10, 10)[0]).toBeGreaterThan(15);
    expect(image.at(10, 10)[0]).toBeLessThan(35);
    expect(image.at(image.width - 10, 10)[0]).toBeGreaterThan(115);
    expect(image.at(image.width - 10, 10)[0]).toBeLessThan(135);
    expect(Math.max(...board.asked)).toBeLessThanOrEqual(2 ** 20);
    expect(board.asked.reduce((sum, count) => sum + count, 0)).toBe(4_000_000);
  });

  it('has a scale of its colours with the unit, from the lowest to the highest value', async () => {
    const { svg } = await plot({
      name: 'counts',
      units: 'DN/s',
      data: Array.from({ length: 400 }, (_, at) => at),
      shape: [20, 20],
    });
    const { legend } = seenIn(svg);
    expect(legend).toContain('DN/s');
    const labels = legend.filter((text) => text !== 'DN/s').map(Number);
    expect(Math.min(...labels)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...labels)).toBeLessThanOrEqual(399);
    expect(labels.length).toBeGreaterThan(2);
    const image = await pixelsOf(seenIn(svg));
    // The ends of viridis.
    expect(image.at(2, image.height - 3)).toEqual([0x44, 0x01, 0x54, 255]);
    expect(image.at(image.width - 3, 2)).toEqual([0xfd, 0xe7, 0x25, 255]);
  });

  it('in blue and red has its middle at 0', async () => {
    const data = Array.from({ length: 144 }, (_, at) => (at === 0 ? -100 : at === 1 ? 0 : 50));
    const image = await pixelsOf(
      seenIn((await plot({ name: 'B', data, shape: [12, 12] }, { colours: 'blue-red' })).svg),
    );
    const [low, middle] = [image.at(2, image.height - 3), image.at(Math.round(image.width / 8), image.height - 3)];
    expect(low).toEqual([0x21, 0x66, 0xac, 255]);
    expect(middle).toEqual([0xf7, 0xf7, 0xf7, 255]);
  });

  it('against time goes from left to right, with a gap where nothing was measured', async () => {
    const times = [0, 1, 2, 3, 10, 11, 12, 13, 14, 15, 16, 17];
    const start = 1_700_000_000_000n;
    const units = 'milliseconds since 1970-01-01';
    const { ofTimes } = await import('../../../../src/read/data-home.js');
    const time = ofTimes(
      computed('time', [12], (at) => (start + BigInt((times[at] ?? 0) * 60_000)) * 1_000_000n, {
        dtype: 'int64',
        dimensions: ['time'],
        units,
      }),
    );
    const height = computed('height', [20], (at) => at * 100, { dimensions: ['height'], units: 'm' });
    const signal = computed('signal', [12, 20], (row, column) => row * 20 + column, { dimensions: ['time', 'height'] });
    const seen = seenIn((await plot(inFile('netcdf4', time, height, signal), { colours: 'grey' })).svg);
    const image = await pixelsOf(seen);
    expect({ x: seen.xTitle, y: seen.yTitle }).toEqual({ x: 'time (UTC), 2023-11-14', y: 'height (m)' });
    const pixelAt = (minute: number): number => Math.floor(((minute + 0.5) / 18) * image.width);
    expect(image.at(pixelAt(7), 50)[3]).toBe(0);
    for (const minute of [0, 3, 10, 17]) expect(image.at(pixelAt(minute), 50)[3]).toBe(255);
    expect(image.at(pixelAt(0), image.height - 3)[0]).toBeLessThan(image.at(pixelAt(17), 3)[0] ?? 0);
  });

  it('of energies that rise by factors has each where the axis says', async () => {
    const energy = computed('energy', [16], (at) => 2 ** at, {
      dimensions: ['energy'],
      attributes: { SCALETYP: 'log' },
      units: 'keV',
    });
    const flux = computed('flux', [30, 16], (_, at) => at, { dimensions: ['', 'energy'] });
    const seen = seenIn((await plot(inFile('cdf', energy, flux), { colours: 'grey', kind: 'image' })).svg);
    const image = await pixelsOf(seen);
    const greys = Array.from({ length: 16 }, (_, at) => image.at(Math.floor(((at + 0.5) / 16) * image.width), 20)[0]);
    expect(greys).toEqual(greys.map((_, at) => at * 17));
    expect(seen.xTitle).toBe('energy (keV)');
  });
});

describe('a PNG file', () => {
  it('is as large as the plot says, and shows it', async () => {
    const path = join(tempDir(), 'sun.png');
    const { plotted } = await plotOf(samplePath('fits', 'hmi-magnetogram.fits'), 'PRIMARY', {
      to: path,
      width: 500,
      height: 400,
      colours: 'grey',
    });
    const picture = await pixelsOf(readFileSync(path));
    const seen = seenIn(plotted.svg);
    expect([picture.width, picture.height]).toEqual([plotted.width, plotted.height]);
    expect([seen.width, seen.height]).toEqual([plotted.width, plotted.height]);
    expect(plotted.width).toBe(500);
    expect(plotted.height).toBeLessThanOrEqual(400);
    // Paper in the corner; the bright middle of the disk; nothing outside of it.
    const [left, top] = [76, 36];
    const image = await pixelsOf(seen);
    const middle = [Math.floor(image.width / 2), Math.floor(image.height / 2)] as const;
    expect(picture.at(1, picture.height - 2)).toEqual([255, 255, 255, 255]);
    expect(picture.at(left + middle[0], top + middle[1])).toEqual(image.at(...middle));
    expect(picture.at(left + middle[0], top + middle[1])[0]).toBeGreaterThan(150);
  });

  it('of lines shows them in their colours', async () => {
    const { png } = await plot({ name: 'level', data: [1, 1, 1] }, { range: [0, 2] });
    const picture = await pixelsOf(await png());
    const column = Array.from({ length: picture.height }, (_, y) => picture.at(300, y));
    const blue = column.flatMap(([red = 0, green = 0, own = 0], y) => (own - red > 20 && own > green ? [y] : []));
    expect(blue.length).toBeGreaterThan(0);
    // Half way up the area of the plot.
    for (const y of blue) expect(Math.abs(y - (36 + (400 - 36 - 44) / 2))).toBeLessThan(3);
  });
});
