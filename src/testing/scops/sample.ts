import type { ScopsSampleFlight, ScopsSampleLine } from './types.js';

/** Password of every sample project. */
export const SAMPLE_PASSWORD = 'flight-line';

/** The two flights of the protocol notes, section 19. */
export const SAMPLE_FLIGHTS: readonly ScopsSampleFlight[] = [
  {
    project: 'GB13_08',
    year: 2014,
    day: 217,
    bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
    optimalPixel: 2,
    lines: [line('f21701', 20, 380, 2500), line('f21702', 22, 380, 2500)],
  },
  {
    project: 'GB12_03',
    year: 2014,
    day: 219,
    sortie: 'a',
    bounds: { north: 51.82, south: 51.74, east: -1.22, west: -1.4 },
    optimalPixel: 1.75,
    lines: [
      line('e219a01', 12, 400, 970),
      line('f219a01', 20, 380, 2500),
      line('h219a01', 10, 970, 2450),
      line('o219a01', 8, 7600, 12300),
    ],
  },
];

function line(name: string, bands: number, from: number, to: number): ScopsSampleLine {
  const step = (to - from) / (bands - 1);
  return { name, wavelengths: Array.from({ length: bands }, (_, band) => Math.round((from + band * step) * 10) / 10) };
}
