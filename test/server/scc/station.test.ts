import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeNetcdf } from '../../../src/testing/scc/netcdf-write.js';
import type { StationOptions } from '../../../src/scc/index.js';
import type { SccSimulator } from '../../../src/testing/scc/options.js';
import { isFull } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { bundled } from '../transfer/bundle.js';
import { service } from './kit.js';

const PROGRAM = await bundled('../scc/station-program.ts');
const IDS = ['20210601aky0000', '20210601aky0600', '20210601aky1200', '20210601aky1800'];

const isUpload = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path.endsWith('/quick/');
const isWhole = ({ bodyBytes, headers }: { readonly bodyBytes: number; readonly headers: Headers }): boolean =>
  bodyBytes > 0 && bodyBytes === Number(headers.get('content-length'));
const uploads = (sim: SccSimulator): number => sim.requests.filter(isUpload).length;

/** The raw files of a day, and a place for their products. */
async function day(): Promise<{ readonly folder: string; readonly directory: string }> {
  const at = tempDir();
  const folder = join(at, 'raw');
  await mkdir(folder);
  for (const id of IDS) await writeFile(join(folder, `${id}.nc`), makeNetcdf({ Measurement_ID: id }, 2000));
  return { folder, directory: join(at, 'products') };
}

interface Run {
  readonly kill: () => Promise<void>;
  readonly ended: Promise<string[]>;
}

function start(
  sim: SccSimulator,
  url: string,
  { folder, directory }: Awaited<ReturnType<typeof day>>,
  options: Partial<StationOptions> = {},
): Run {
  const args = [PROGRAM, url, JSON.stringify(sim.credentials), folder, directory, JSON.stringify(options)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const closed = once(child, 'close');
  return {
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
    ended: closed.then(() => output.trim().split('\n')),
  };
}

/** What the SCC did with uploads: those that it stored. */
const stored = (sim: SccSimulator): number =>
  sim.requests.filter((request) => isUpload(request) && request.status === 302).length;

async function expectAllThere(directory: string): Promise<void> {
  const names = await readdir(directory);
  const products = ['hirelpp', 'cloudmask', 'preprocessed', 'optical', 'plots', 'elic', 'elquick'];
  expect(names.filter((name) => name.endsWith('.zip')).sort()).toEqual(
    IDS.flatMap((id) => products.map((product) => `${product}_${id}.zip`)).sort(),
  );
  expect(names.filter((name) => /\.(?:part|lock)/u.test(name))).toEqual([]);
}

describe('a station that is killed', () => {
  it(
    'right after the SCC has stored a file, and before its answer, does not send it again',
    { timeout: 120_000 },
    async () => {
      const { sim, url } = await service({ data: { replace: true }, uploadAnswerMs: 600 });
      const at = await day();
      const first = start(sim, url, at);
      // The whole body is there; the file is stored when the answer would be given.
      await until(() => sim.requests.some((request) => isUpload(request) && isWhole(request)));
      await first.kill();
      // An upload that is under way is waited for, however long it takes.
      const last = await start(sim, url, at, { settleMs: 60_000 }).ended;
      expect(last.filter((line) => line.includes(' done'))).toHaveLength(IDS.length);
      expect(uploads(sim)).toBe(IDS.length);
      await expectAllThere(at.directory);
    },
  );

  it.each(isFull ? ['', 'replace', 'rerun'] : ['', 'replace'])(
    'again and again at any moment sends each measurement once and has all products in the end (%s)',
    { timeout: 240_000 },
    async (mode) => {
      const options = mode === '' ? {} : { [mode]: true };
      const done = { upload: 127, hirelpp: 127, elpp: 127, elda: 127 } as const;
      const measurements = mode === '' ? [] : IDS.map((id) => ({ id, statuses: done }));
      const { sim, url } = await service({ data: { replace: true, measurements } });
      const at = await day();
      const kills = isFull ? 12 : 2;
      for (let count = 1; count <= kills; count += 1) {
        const before = sim.requests.length;
        const run = start(sim, url, at, options);
        // Later each time, wherever that is: in a login, an upload, a status check, a download.
        await Promise.race([run.ended, until(() => sim.requests.length >= before + count * (isFull ? 7 : 19))]);
        await wait(count % 3);
        await run.kill();
      }
      await start(sim, url, at, options).ended;
      expect(stored(sim)).toBe(mode === 'rerun' ? 0 : IDS.length);
      await expectAllThere(at.directory);
      const asked = sim.requests.length;
      expect(await start(sim, url, at, options).ended).toEqual(['']);
      expect(sim.requests).toHaveLength(asked);
    },
  );
});
