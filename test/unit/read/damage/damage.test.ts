import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { isFull, runs } from '../../../support/full.js';
import { tempDir } from '../../../support/temp-dir.js';
import { samplePath } from '../support/samples.js';
import type { Job } from './trial.js';

const TRIAL = fileURLToPath(new URL('trial.ts', import.meta.url));

const filesIn = (format: string, ending: RegExp): string[] =>
  readdirSync(samplePath(format, '.'), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name))
    .map((name) => samplePath(format, name));

const isClassic = (path: string): boolean => readFileSync(path).subarray(0, 3).toString('latin1') === 'CDF';
const netcdf = [...filesIn('netcdf', /\.nc$/u), ...filesIn('netcdf4', /\.nc$/u)];

/** The data with its header. */
const cubes = filesIn('envi', /\.hdr$/u).map((header) => {
  const stem = basename(header, '.hdr');
  const data = filesIn('envi', /(?<!\.hdr|\.json|\.md)$/u).find(
    (path) => basename(path).split('.')[0] === stem.split('.')[0],
  );
  return `${data ?? ''},${header}`;
});

const job = (times: number, samples: readonly string[], many: number): Job => ({ times, samples, runs: runs(many) });

/** With how many times the bytes of a file the stored values of one read may have, as the guide states it; and how many runs. */
const formats: Readonly<Record<string, Job>> = {
  'netCDF classic': job(1, netcdf.filter(isClassic), 800),
  'netCDF-4': job(
    1100,
    netcdf.filter((path) => !isClassic(path)),
    300,
  ),
  CDF: job(1120, filesIn('cdf', /\.cdf$/u), 1000),
  FITS: job(4096, filesIn('fits', /\.fits$/u), 1000),
  CCSDS: job(3, filesIn('ccsds', /\.(?:pkts|CCSDS)$/u), 300),
  ENVI: job(1, cubes, 500),
};

/** All at once where few runs are tried: starting a process would take longer than they do. */
const trials: readonly [what: string, jobs: readonly Job[]][] = isFull
  ? Object.entries(formats).map(([name, one]) => [name, [one]])
  : [['all formats', Object.values(formats)]];

it.each(trials)(
  '%s: damage of any sample ends in values or a DataError, within the memory that the guide states',
  { timeout: 900_000 },
  async (_, jobs) => {
    for (const { samples } of jobs) expect(samples.length).toBeGreaterThan(4);
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { code, output, errors } = await trial(seed, jobs);
    expect({ last: output.trim().split('\n').at(-1), code, errors }, `seed ${seed}`).toEqual({
      last: 'done',
      code: 0,
      errors: '',
    });
  },
);

it('a reader that takes more than it may is found', async () => {
  const path = join(samplePath('cdf', '.'), 'a_cdf.cdf');
  const { code, errors } = await trial(1, [{ samples: [path], runs: 20, times: 0 }], { SDC_TRIAL_LEAST_BYTES: '1000' });
  expect(code).not.toBe(0);
  expect(errors).toMatch(/\d+ bytes at once, the most is/u);
});

interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** In a process of its own, with no more than 512 MB of objects. */
async function trial(seed: number, jobs: readonly Job[], env: Record<string, string> = {}): Promise<Ended> {
  const flags = ['--expose-gc', '--max-old-space-size=512', '--import', 'tsx'];
  const args = [tempDir(), String(seed), ...jobs.map((one) => JSON.stringify(one))];
  const child = spawn(process.execPath, [...flags, TRIAL, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, output, errors };
}
