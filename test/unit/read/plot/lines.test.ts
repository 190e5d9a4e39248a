import { describe, expect, it } from 'vitest';
import { openData, plot, type Variable } from '../../../../src/read/index.js';
import { samplePath } from '../support/samples.js';
import { computed, inFile } from './made.js';
import { seenIn, type Place } from '../../../support/picture.js';

const elda = samplePath('netcdf', 'hpb_002_0355_0000379_202006302200_202006302359_20200630hpb2200_elda_v5.1.2.nc');
const mag = samplePath('cdf', 'imap_mag_l1a_burst-magi_20231025_v001.cdf');

/** Whether a drawn point is a value, as exact as thousandths of a pixel can be. */
function expectPlaces(drawn: readonly Place[], values: readonly Place[], within: Place): void {
  expect(drawn).toHaveLength(values.length);
  for (const [at, [x, y]] of drawn.entries()) {
    expect(Math.abs(x - (values[at]?.[0] ?? Number.NaN))).toBeLessThan(within[0]);
    expect(Math.abs(y - (values[at]?.[1] ?? Number.NaN))).toBeLessThan(within[1]);
  }
}

async function variable(
  path: string,
  name: string,
  use: (variable: Variable, get: (name: string) => Variable) => Promise<void>,
): Promise<void> {
  await using file = await openData(path);
  const get = (wanted: string): Variable => {
    const found = file.variables.get(wanted);
    if (found === undefined) throw new Error(`there is no ${wanted}`);
    return found;
  };
  await use(get(name), get);
}

describe('lines', () => {
  it('go through their values; what is missing is a gap, and a value between gaps a dot', async () => {
    const hour = { name: 'hour', units: 'h', data: [0, 10, 20, 30, 40, 50, 60] };
    const data = [1, 3, Number.NaN, 2, Number.NaN, 5, 4];
    const { svg } = await plot({ name: 'signal', units: 'mV', data }, { against: hour });
    const { lines, dots, xTitle, yTitle, legend } = seenIn(svg);
    const [[first = [], second = [], third = []] = []] = lines;
    expectPlaces(
      first,
      [
        [0, 1],
        [10, 3],
      ],
      [0.01, 0.01],
    );
    expectPlaces(
      second.length > 1 ? second : third,
      [
        [50, 5],
        [60, 4],
      ],
      [0.01, 0.01],
    );
    expectPlaces(dots, [[30, 2]], [0.01, 0.01]);
    expect({ xTitle, yTitle, legend }).toEqual({ xTitle: 'hour (h)', yTitle: 'signal (mV)', legend: [] });
  });

  it('of magnetometer vectors are three against time in UTC, each with its name', async () => {
    await variable(mag, 'vectors', async (vectors, get) => {
      const stored = (await vectors.read()).data as BigInt64Array;
      const times = (await get('epoch').read()).data as BigInt64Array;
      const { lines, legend, xTitle, yTitle } = seenIn((await plot(vectors)).svg);
      expect(legend).toEqual(['x', 'y', 'z']);
      expect({ xTitle, yTitle }).toEqual({
        xTitle: 'epoch (UTC), 2023-10-25',
        yTitle: 'Magnetic field vector data (counts)',
      });
      expect(lines).toHaveLength(3);
      for (const [part, [line = []]] of lines.entries()) {
        const values = Array.from(times, (time, row): Place => [
          Number(time / 1000n) / 1000,
          Number(stored[row * 4 + part]),
        ]);
        expectPlaces(line, values, [1, 0.5]);
      }
    });
  });

  it('of a lidar product stand upright along the altitude, within the band of their error', async () => {
    await variable(elda, 'backscatter', async (backscatter, get) => {
      const [altitude, values, errors] = await Promise.all(
        [get('altitude'), backscatter, get('error_backscatter')].map(
          async (one) => (await one.read()).data as Float64Array,
        ),
      );
      const { svg } = await plot(backscatter, { error: get('error_backscatter') });
      const { lines, bands, xTitle, yTitle } = seenIn(svg);
      const pairs = (sign: number): Place[] =>
        Array.from(values ?? [], (value, at): Place => [value + sign * (errors?.[at] ?? 0), altitude?.[at] ?? 0]);
      const isThere = ([value]: Place): boolean => !Number.isNaN(value);
      expectPlaces(lines[0]?.flat() ?? [], pairs(0).filter(isThere), [1e-10, 1]);
      const outline = bands[0] ?? [];
      for (const end of [...pairs(1), ...pairs(-1)].filter(isThere))
        expect(outline.some(([x, y]) => Math.abs(x - end[0]) < 1e-10 && Math.abs(y - end[1]) < 1)).toBe(true);
      expect({ xTitle, yTitle }).toEqual({
        xTitle: 'aerosol backscatter coefficient (1/(m*sr))',
        yTitle: 'height above sea level (m)',
      });
    });
  });

  it('of a part stand where that part is', async () => {
    const axis = computed('depth', [100], (at) => at * 2, { dimensions: ['depth'] });
    const signal = inFile(
      'netcdf4',
      axis,
      computed('signal', [100], (at) => at * at, { dimensions: ['depth'] }),
    );
    const { lines } = seenIn((await plot(signal, { start: [10], count: [3], stride: [20] })).svg);
    expectPlaces(
      lines.flat(2),
      [
        [20, 100],
        [60, 900],
        [100, 2500],
      ],
      [0.1, 5],
    );
  });

  it('of few colours are named by the coordinate of their axis', async () => {
    const colours = computed('wavelength', [3], (at) => [355, 532, 1064][at] ?? 0, {
      dimensions: ['wavelength'],
      units: 'nm',
    });
    const signal = computed('signal', [3, 50], (line, at) => line * 100 + at, { dimensions: ['wavelength', 'bin'] });
    const { lines, legend, xTitle } = seenIn((await plot(inFile('netcdf4', colours, signal))).svg);
    expect(legend).toEqual(['wavelength 355 nm', 'wavelength 532 nm', 'wavelength 1064 nm']);
    expect(lines.map((line) => Math.round(line[0]?.[5]?.[1] ?? 0))).toEqual([5, 105, 205]);
    expect(xTitle).toBe('bin');
    const own = await plot(signal, { labels: ['UV', 'green', 'IR'] });
    expect(seenIn(own.svg).legend).toEqual(['UV', 'green', 'IR']);
  });

  it('of a million points keep every peak, in a small picture and little memory', async () => {
    const peak = 354_321;
    const noise = (at: number): number =>
      at === peak ? 1000 : at === peak + 50_000 ? -1000 : Math.sin(at / 5000) * 10;
    const signal = computed('signal', [1_200_000], noise);
    const { svg } = await plot(signal);
    const points = seenIn(svg).lines.flat(2);
    expect(Math.max(...signal.asked)).toBeLessThanOrEqual(2 ** 20);
    expect(signal.asked.reduce((sum, count) => sum + count, 0)).toBe(1_200_000);
    expect(points.length).toBeLessThan(720 * 4);
    expect(svg.length).toBeLessThan(100_000);
    for (const [value, at] of [
      [1000, peak],
      [-1000, peak + 50_000],
    ] as const)
      expect(points.some(([x, y]) => Math.abs(y - value) < 1 && Math.abs(x - at) < 1500)).toBe(true);
  });

  it('skip a gap that is wider than a pixel where they are thinned', async () => {
    const signal = computed('signal', [100_000], (at) => (at > 40_000 && at < 60_000 ? Number.NaN : at));
    const [line = []] = seenIn((await plot(signal)).svg).lines;
    const pieces = line.filter((piece) => piece.length > 1);
    expect(pieces).toHaveLength(2);
    expect(pieces[0]?.at(-1)?.[0]).toBeLessThan(40_300);
    expect(pieces[1]?.[0]?.[0]).toBeGreaterThan(59_700);
  });

  it('on a logarithmic scale leave out what is not above 0', async () => {
    const values = [1, 10, 0, 1000, -5, 100, 100];
    const { svg } = await plot({ name: 'rate', data: values }, { scale: 'log' });
    expect(
      seenIn(svg)
        .lines.flat()
        .filter((piece) => piece.length > 1)
        .map((piece) => piece.length),
    ).toEqual([2, 2]);
    expect(svg).toContain('log scale');
  });

  it('leave out the fill value of integers of 64 bits', async () => {
    const counts = computed('counts', [6], (at) => (at === 2 ? -1n : BigInt(at)), { dtype: 'int64', fill: -1n });
    const pieces = seenIn((await plot(counts)).svg).lines.flat();
    expect(pieces.filter((piece) => piece.length > 1).map((piece) => piece.length)).toEqual([2, 3]);
  });

  it('of times within a second count them from its beginning', async () => {
    const start = Date.UTC(2026, 0, 2, 3, 4, 5, 250);
    const time = { name: 'time', data: [0, 100, 200].map((ms) => new Date(start + ms)) };
    const { xTitle, lines } = seenIn((await plot({ name: 'field', data: [1, 2, 3] }, { against: time })).svg);
    expect(xTitle).toBe('seconds after 2026-01-02T03:04:05.250Z');
    expectPlaces(
      lines.flat(2),
      [
        [0, 1],
        [0.1, 2],
        [0.2, 3],
      ],
      [0.001, 0.01],
    );
  });
});
