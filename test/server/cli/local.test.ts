import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { HmiClient, ImapClient, SCC, ScopsClient } from '../../../src/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { isFull } from '../../support/full.js';
import { sdc, sdcProcess } from './run.js';

/** The variables that `sdc simulate` tells to set. */
function variables(text: string): Record<string, string> {
  return Object.fromEntries(
    Array.from(text.matchAll(/^export (\w+)='([^']*)'$/gmu), ([, name = '', value = '']) => [name, value]),
  );
}

/** Starts a simulated centre, uses it, ends it with Ctrl-C. */
async function withSimulator(centre: string, use: (env: Record<string, string>) => Promise<void>): Promise<void> {
  let failure: Error | undefined;
  const { code, err } = await sdc(['simulate', centre, '--port', '0', '--speed', '10'], {
    during: async (child) => {
      let out = '';
      child.stdout?.on('data', (text: string) => (out += text));
      await new Promise<void>((resolve) => {
        child.stderr?.on('data', (text: string) => {
          if (text.includes('Ctrl-C stops it')) resolve();
        });
      });
      await use(variables(out)).catch((error: unknown) => (failure = new Error(`not usable: ${String(error)}`)));
      child.kill('SIGINT');
    },
  });
  if (failure !== undefined) throw failure;
  expect(code, err).toBe(0);
}

test('simulate scc', () =>
  withSimulator('scc', async (env) => {
    const credentials = {
      httpAuthUser: env.SCC_HTTP_AUTH_USER ?? '',
      httpAuthPassword: env.SCC_HTTP_AUTH_PASSWORD ?? '',
      username: env.SCC_USERNAME ?? '',
      password: env.SCC_PASSWORD ?? '',
    };
    const scc = new SCC(credentials, { baseUrl: env.SCC_BASE_URL ?? '' });
    expect((await scc.getMeasurement('20210601aky0000')).stationCode).toBe('aky');
    await scc.close();
  }));

test('simulate imap', () =>
  withSimulator('imap', async (env) => {
    const imap = new ImapClient({ baseUrl: env.IMAP_DATA_ACCESS_URL ?? '', apiKey: env.IMAP_API_KEY ?? '' });
    expect((await imap.query({ instrument: 'mag', startDate: '20260105' })).length).toBeGreaterThan(0);
    await imap.close();
  }));

test('simulate hmi', () =>
  withSimulator('hmi', async (env) => {
    const hmi = new HmiClient({ baseUrl: env.HMI_BASE_URL ?? '' });
    expect(await hmi.isAlive()).toBe(true);
    await hmi.close();
  }));

test('simulate scops', () =>
  withSimulator('scops', async (env) => {
    const { SCOPS_BASE_URL: baseUrl = '', SCOPS_PROJECT: project = '', SCOPS_PASSWORD: password = '' } = env;
    const scops = new ScopsClient({ baseUrl, project, password });
    expect((await scops.getFlight({ year: 2014, day: 217 })).lines).toHaveLength(2);
    await scops.close();
  }));

/** Ends the process at the first look for a host or connection that is not of this machine. */
const STAY_HOME = `import dns from 'node:dns';
import net from 'node:net';
const leave = (host) => { process.stderr.write('LEFT THE MACHINE FOR ' + host + '\\n'); process.exit(9); };
const isHere = (host) => /^(127\\.|localhost$|::1$)/u.test(host);
const [lookup, connect] = [dns.lookup, net.Socket.prototype.connect];
dns.lookup = (host, ...rest) => (isHere(host) ? lookup(host, ...rest) : leave(host));
net.Socket.prototype.connect = function (...args) {
  const [options] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof options?.host === 'string' && !isHere(options.host)) leave(options.host);
  return connect.apply(this, args);
};`;

const packets = fileURLToPath(
  new URL('../../../examples/data/imap_mag_l0_raw_20240312_v001.0001.pkts', import.meta.url),
);
const raw = exampleFile('20210601aky0930.nc');
const day = ['2015-12-11T00:00', '2015-12-11T00:15'];

test.each([
  [
    'scc',
    [
      'search 2021-06-01 2021-06-03 --detailed-status',
      'download 20210601aky0000 --no-wait --output-dir out',
      'search-download 2021-06-01 2021-06-02 out --location aky',
      `upload-file ${raw} 437`,
    ],
  ],
  [
    'imap',
    [
      'query --instrument mag --version latest',
      'query --instrument mag --version latest --download',
      'spin-table --latest --download',
      'metakernel --start-time 20260105 --end-time 20260106',
      'webpoda --instrument mag --start-date 20260107 --upload',
      `upload ${packets} --accept-identical`,
    ],
  ],
  [
    'hmi',
    [
      'describe',
      `list hmi.sharp_720s ${day.join(' ')}`,
      `download hmi.sharp_720s ${day.join(' ')} fits --harpnum 6167`,
      'latest hmi.sharp_720s --before 2015-12-11T01:00',
      'nearest hmi.sharp_720s 2015-12-11T00:10 --to near --segments magnetogram',
    ],
  ],
  [
    'scops',
    [
      'flight 2014 217',
      'submit 2014 217 --line f21701:1-3 --email me@institute.org --band-math --save order.json',
      'band-math order.json --index ndvi',
      'confirm order.json',
      'find-id order.json',
      'process 2014 217 --line f21702:1-3 --email me@institute.org --poll 0.2 --output-dir maps',
    ],
  ],
])(
  'the printed variables alone lead every request of %s to the simulator',
  (centre, lines) =>
    withSimulator(centre, async (env) => {
      const cwd = tempDir();
      const guarded = { ...env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(STAY_HOME)}` };
      // Each command takes a process of its own.
      for (const line of isFull ? lines : lines.slice(0, 2)) {
        const { err } = await sdc([centre, ...line.split(' '), '--retries', '0'], { env: guarded, cwd });
        if (/LEFT THE MACHINE|no answer|unreachable/u.test(err)) throw new Error(`${line}: ${err}`);
      }
    }),
  240_000,
);

// Its thirteen commands have tests of their own.
test.runIf(isFull)('the demonstration runs with all centres, whatever the settings of its user', async () => {
  const cwd = tempDir();
  const env = { SCC_BASE_URL: 'http://127.0.0.1:9/', IMAP_API_KEY: 'not-known-here', IMAP_ACCESS_TOKEN: 'nor-this' };
  const { code, out, err } = await sdc(['demo', '--keep', 'demo'], { cwd, env });
  expect(code, err).toBe(0);
  expect(out.match(/^\$ sdc (\w+)/gmu)).toHaveLength(13);
  expect(readdirSync(join(cwd, 'demo'))).toEqual(expect.arrayContaining(['scc', 'imap', 'hmi', 'scops', 'order.json']));
});

test('the completion scripts ask for words, and get files where a path is wanted', async () => {
  for (const shell of ['bash', 'zsh', 'fish', 'powershell'])
    expect((await sdcProcess(['complete', shell])).out).toMatch(/sdc['"]? complete/u);
  expect((await sdc(['complete', '--', 'scc', 'rerun-'])).out).toMatch(
    /^rerun-all\t.*\nrerun-elpp\t.*\nrerun-optical\t.*\n:4\n$/u,
  );
  expect((await sdc(['complete', '--', 'scc', 'upload-file', ''])).out).toBe(':0\n');
});
