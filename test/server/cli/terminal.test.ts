import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateHmi, simulateImap, simulateScc } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { screen } from './screen.js';
import { hasPseudoTerminal, sdc, sdcOnTerminal } from './run.js';

if (!hasPseudoTerminal) console.warn('skipped: tests on a pseudo-terminal need `script` of util-linux');
const onTerminal = test.skipIf(!hasPseudoTerminal);
const hour = ['hmi.sharp_720s', '2015-12-11T00:00', '2015-12-11T00:15', 'fits', '--segments', 'magnetogram'];

async function hmi(): Promise<Record<string, string>> {
  const server = await start(simulateHmi({ fileBytes: 200_000 }));
  return { HMI_BASE_URL: server.url };
}

onTerminal('progress bars are shown on a terminal, and no line of results is lost', async () => {
  const { code, out } = await sdcOnTerminal(['hmi', 'download', ...hour], { env: await hmi() });
  expect(code).toBe(0);
  expect(out).toMatch(/downloading \S+\.fits +\[=+\] 100% of 20\d\.\d kB/u);
  expect(out).toContain('[?25l');
  expect(out.lastIndexOf('[?25h'), 'the cursor is back').toBeGreaterThan(out.lastIndexOf('[?25l'));
  expect(out.match(/downloaded {2}\S+\.fits \(20\d\.\d kB\)/gu)).toHaveLength(4);
});

onTerminal('a mirror shows how far the whole run is: files and bytes in all, the rate and the time left', async () => {
  const files = [5, 6, 7, 8].map((day) => ({
    name: `imap_mag_l1a_norm-mago_2026010${day}_v001.0001.cdf`,
    body: Buffer.concat([Buffer.from('cdf300010000ffff', 'hex'), Buffer.alloc(299_992)]),
    released: true,
  }));
  const sim = simulateImap({ data: { replace: true, files } });
  const { url } = await start(sim);
  sim.faults.add({ route: /X-Amz/u, fault: { kind: 'slow', bytesPerSecond: 300_000 }, times: Infinity });
  const args = ['imap', 'mirror', '--instrument', 'mag', '--directory', 'copy', '--concurrency', '2'];
  const env = { IMAP_DATA_ACCESS_URL: url };
  const cwd = tempDir();
  const { code, out } = await sdcOnTerminal(args, { env, cwd, columns: 80 });
  expect(code).toBe(0);
  expect(out).toMatch(/mirroring \[=*-+\] [0-3]\/4 files, \d+\.\d [kM]B, \d+\.\d [kM]B\/s, [\d.]+ (?:s|min) left/u);
  expect(out).toMatch(/mirroring \[=+\] 4\/4 files, 1\.2 MB, \d+\.\d [kM]B\/s/u);
  const shown = screen(out, 80);
  expect(shown.filter((line) => /^new +imap\/mag\/\S+ \(300\.0 kB\)$/u.test(line))).toHaveLength(4);
  expect(
    shown.filter((line) => line.startsWith('mirroring')),
    'one bar for all files',
  ).toHaveLength(1);
  expect(out.lastIndexOf('[?25h'), 'the cursor is back').toBeGreaterThan(out.lastIndexOf('[?25l'));
  expect((await sdcOnTerminal([...args, '--silent', '--verify'], { env, cwd })).out).toBe('');
});

onTerminal('--silent shows none', async () => {
  const { code, out } = await sdcOnTerminal(['hmi', 'download', ...hour, '--silent'], { env: await hmi() });
  expect({ code, out }).toEqual({ code: 0, out: '' });
});

test('piped output has neither bars nor control characters', async () => {
  const { code, out, err } = await sdc(['hmi', 'download', ...hour], { env: await hmi() });
  expect(code).toBe(0);
  expect(err).toMatch(/^4 files: 4 new, .*\n$/u);
  expect(out + err).not.toContain('\u001B');
  expect(out.trim().split('\n')).toHaveLength(4);
});

onTerminal('passwords are not shown while they are typed', async () => {
  const home = tempDir();
  const server = await start(simulateScc());
  const answers = ['earlinet', 'site-password', 'scc_user', 'account-password'];
  const { code, out } = await sdcOnTerminal(['scc', 'login', '--base-url', server.url], {
    cwd: home,
    during: async (child) => {
      let seen = '';
      let asked = 0;
      child.stdout?.on('data', (text: string) => {
        seen += text;
        const questions = seen.match(/(?:user|password): /gu)?.length ?? 0;
        for (; asked < questions; asked += 1) child.stdin?.write(`${answers[asked] ?? ''}\r`);
      });
      await new Promise((resolve) => child.on('close', resolve));
    },
  });
  expect(code).toBe(0);
  expect(out).toContain('both logins work');
  expect(out).toContain('earlinet');
  expect(out).not.toContain('site-password');
  expect(out).not.toContain('account-password');
  expect(readFileSync(join(home, '.config/sdc/settings.yaml'), 'utf8')).toContain('account-password');
});

onTerminal('delete asks first, and does nothing without a yes', async () => {
  const sim = simulateScc();
  const server = await start(sim);
  const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
  const env = {
    SCC_BASE_URL: server.url,
    SCC_HTTP_AUTH_USER: httpAuthUser,
    SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
    SCC_USERNAME: username,
    SCC_PASSWORD: password,
  };
  const { code } = await sdcOnTerminal(['scc', 'delete', '20210601aky0000'], {
    env,
    during: async (child) => {
      child.stdout?.once('data', () => child.stdin?.write('n\r'));
      await new Promise((resolve) => child.on('close', resolve));
    },
  });
  expect(code).not.toBe(0);
  expect(sim.measurement('20210601aky0000')).toBeDefined();
});

onTerminal('reading many pages shows how far it is, and the bar makes way for the table', async () => {
  const server = await start(simulateHmi());
  const range = ['hmi.sharp_720s', '2015-12-11T00:00', '2015-12-11T03:00', '--harpnum', '6167', '--slice', '1'];
  const { code, out } = await sdcOnTerminal(['hmi', 'list', ...range, '--base-url', server.url]);
  expect(code).toBe(0);
  expect(out).toMatch(/reading pages \[[=-]+\] +\d\/3/u);
  expect(out.lastIndexOf('reading pages'), 'the table comes last').toBeLessThan(out.indexOf('Series'));
  const piped = await sdc(['hmi', 'list', ...range, '--base-url', server.url]);
  expect(piped).toMatchObject({ code: 0, err: '' });
});

onTerminal('the key Ctrl-C ends a download with bars cleanly: 130, the cursor is back, the part is kept', async () => {
  const sim = simulateHmi({ fileBytes: 8_000_000, ranges: true });
  const server = await start(sim);
  sim.faults.add({ route: /magnetogram/u, fault: { kind: 'slow', bytesPerSecond: 2_000_000 } });
  const cwd = tempDir();
  const args = ['hmi', 'download', ...hour, '--harpnum', '6167', '--base-url', server.url];
  const { code, out } = await sdcOnTerminal(args, {
    cwd,
    during: async (child) => {
      let seen = '';
      await new Promise<void>((resolve) => {
        child.stdout?.on('data', (text: string) => {
          seen += text;
          if (/[1-9]\d*% of 8\.0 MB/u.test(seen)) resolve();
        });
      });
      child.stdin?.write('\u0003');
      await new Promise((resolve) => child.on('close', resolve));
    },
  });
  expect(code).toBe(130);
  expect(out).toContain('interrupted; partial downloads are kept');
  expect(out.lastIndexOf('[?25h'), 'the cursor is back').toBeGreaterThan(out.lastIndexOf('[?25l'));
  expect(readdirSync(join(cwd, 'fits')).some((name) => name.includes('.part'))).toBe(true);
});
