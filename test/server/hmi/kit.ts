import { readdir } from 'node:fs/promises';
import { beforeEach } from 'vitest';
import { HmiClient, type HmiOptions } from '../../../src/hmi/index.js';
import { simulateHmi } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { cleanUp } from '../../support/clean-up.js';
import { start } from '../../support/server.js';

export const SERIES = 'hmi.sharp_720s';
/** Half an hour with some HARPs. */
export const HALF_HOUR = { start: '2015-12-11T23:00:00Z', end: '2015-12-11T23:30:00Z' };

export type SimOptions = NonNullable<Parameters<typeof simulateHmi>[0]>;
export type Sim = ReturnType<typeof simulateHmi>;

export interface Bench {
  readonly folder: string;
  /** A simulated service on real sockets, and a client of it. */
  service(options?: SimOptions, client?: HmiOptions): Promise<{ sim: Sim; hmi: HmiClient; url: string }>;
  files(): Promise<string[]>;
}

/** A fresh folder, services and clients for each test, all of them ended afterwards. */
export function useBench(): () => Bench {
  let folder = '';
  beforeEach(() => {
    folder = tempDir();
  });
  return () => ({
    folder,
    service: async (options = {}, client = {}) => {
      const sim = simulateHmi(options);
      const listening = await start(sim);
      const hmi = new HmiClient({ baseUrl: listening.url, retries: 0, ...client });
      cleanUp(() => hmi.close());
      return { sim, hmi, url: listening.url };
    },
    files: async () => (await readdir(folder)).sort(),
  });
}

/** A small FITS file: one header block, and so many bytes of data. */
export function fits(data = 2880): Buffer {
  const cards = [
    'SIMPLE  =                    T',
    'BITPIX  =                    8',
    'NAXIS   =                    1',
    `NAXIS1  = ${data}`,
    'END',
  ];
  const header = cards
    .map((card) => card.padEnd(80))
    .join('')
    .padEnd(2880);
  return Buffer.concat([Buffer.from(header, 'latin1'), Buffer.alloc(Math.ceil(data / 2880) * 2880)]);
}
