import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateHmi, simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { sdcProcess } from './run.js';

// Most tests of the command run it in their own process, unless everything is tested; here it is what a user gets.
const environment = {
  scc: async () => {
    const sim = simulateScc();
    const { url } = await start(sim);
    const { httpAuthUser, httpAuthPassword, username, password } = sim.credentials;
    return {
      SCC_BASE_URL: url,
      SCC_HTTP_AUTH_USER: httpAuthUser,
      SCC_HTTP_AUTH_PASSWORD: httpAuthPassword,
      SCC_USERNAME: username,
      SCC_PASSWORD: password,
    };
  },
  imap: async () => ({ IMAP_DATA_ACCESS_URL: (await start(simulateImap())).url }),
  hmi: async () => ({ HMI_BASE_URL: (await start(simulateHmi())).url }),
  scops: async () => {
    const sim = simulateScops();
    const { url } = await start(sim);
    return { SCOPS_BASE_URL: url, SCOPS_PROJECT: sim.credentials.project, SCOPS_PASSWORD: sim.credentials.password };
  },
} as const;

const hour = ['hmi.sharp_720s', '2015-12-11T00:00', '2015-12-11T00:15', 'out'];

test.each([
  ['scc', ['download', '20210601aky0000', '--no-wait', '--output-dir', 'out'], 0, /preprocessed_20210601aky0000\.zip/u],
  ['scc', ['rerun-all', '20200101aky0000'], 3, /^$/u],
  ['imap', ['query', '--instrument', 'mag', '--version', 'latest'], 0, /matching files/u],
  ['imap', ['query'], 2, /^$/u],
  ['hmi', ['download', ...hour, '--harpnum', '6167', '--segments', 'magnetogram'], 0, /^downloaded {2}/u],
  ['scops', ['flight', '2014', '217'], 0, /f21701/u],
] as const)('sdc %s %j as a process ends by itself, with exit code %i', async (centre, args, code, out) => {
  const ran = await sdcProcess([centre, ...args], { env: await environment[centre]() });
  expect(ran.code, ran.err).toBe(code);
  expect(ran.out).toMatch(out);
  if (code !== 0) expect(ran.err).not.toBe('');
});

test('settings that one process saves are those of the next; answers come from the standard input', async () => {
  const home = tempDir();
  const { SCC_BASE_URL: url, ...secret } = await environment.scc();
  const login = ['scc', 'login', '--base-url', url];
  expect((await sdcProcess(login, { cwd: home, input: 'earlinet\nwrong\n\n\n' })).code).not.toBe(0);
  const input = `${Object.values(secret).join('\n')}\n`;
  expect((await sdcProcess(login, { cwd: home, input })).code).toBe(0);
  expect(existsSync(join(home, '.config/sdc/settings.yaml'))).toBe(true);
  expect((await sdcProcess(['scc', 'list', '--id_exact', '20210601aky0000'], { cwd: home })).code).toBe(0);
});
