import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simulateImap, simulateScc, simulateScops } from '../../../src/testing/index.js';
import { tempDir } from '../../support/temp-dir.js';
import { start } from '../../support/server.js';
import { sdc } from './run.js';

const own = '.config/sdc/settings.yaml';
const sccAnswers = 'earlinet\nsite-password\nscc_user\naccount-password\n';

async function scc(): Promise<string> {
  const server = await start(simulateScc());
  return server.url;
}

/** What `sdc config NAME` tells: value and source. */
async function told(home: string, name: string, env: Record<string, string> = {}): Promise<string> {
  const { out } = await sdc(['config', name, '--output', 'csv'], { cwd: home, env });
  return out.split('\n')[1] ?? '';
}

test('options win over the environment, that over the file of scc_access, that over the own file', async () => {
  const home = tempDir();
  await sdc(['config', 'scc.base_url', 'https://own.example/'], { cwd: home });
  expect(await told(home, 'scc.base_url')).toBe('"scc.base_url","https://own.example/","settings file","SCC_BASE_URL"');
  writeFileSync(join(home, '.scc_access.yaml'), 'base_url: https://yaml.example/\n');
  expect(await told(home, 'scc.base_url')).toContain('"https://yaml.example/","scc_access.yaml"');
  const env = { SCC_BASE_URL: 'http://127.0.0.1:9/' };
  expect(await told(home, 'scc.base_url', env)).toContain('"http://127.0.0.1:9/","environment"');
  const url = await scc();
  const credentials = { SCC_HTTP_AUTH_USER: 'earlinet', SCC_HTTP_AUTH_PASSWORD: 'site-password' };
  const account = { SCC_USERNAME: 'scc_user', SCC_PASSWORD: 'account-password' };
  const args = ['scc', 'list', '--id_exact', '20210601aky0000', '--base_url', url, '--output', 'csv'];
  const { code, out } = await sdc(args, { cwd: home, env: { ...env, ...credentials, ...account } });
  expect(code).toBe(0);
  expect(out).toContain('"20210601aky0000"');
});

test('the file of scc_access is read as the Python tool wrote it', async () => {
  const home = tempDir();
  const url = await scc();
  const yaml = `basic_credentials: ['earlinet', 'site-password']\nwebsite_credentials: ['scc_user', 'account-password']\noutput_dir: 'products'\nbase_url: '${url}'\n`;
  writeFileSync(join(home, '.scc_access.yaml'), yaml, { mode: 0o600 });
  const downloaded = await sdc(['scc', 'download', '20210601aky0000', '--products', 'elpp', '--no-wait'], {
    cwd: home,
  });
  expect(downloaded).toMatchObject({ code: 0, err: expect.stringMatching(/^1 file: 1 new, .*\n$/u) as string });
  expect(existsSync(join(home, 'products/preprocessed_20210601aky0000.zip'))).toBe(true);
  chmodSync(join(home, '.scc_access.yaml'), 0o644);
  const warned = await sdc(['scc', 'list', '--id_exact', '20210601aky0000'], { cwd: home });
  expect(warned.code).toBe(0);
  expect(warned.err).toMatch(/^warning: .*chmod 600/u);
  const named = await sdc(['scc', '-c', 'elsewhere.yaml', 'list'], { cwd: home });
  expect(named.code).toBe(2);
  expect(named.err).toContain('elsewhere.yaml');
});

test('login verifies, then saves for the owner only; afterwards nothing else is needed', async () => {
  const home = tempDir();
  const url = await scc();
  const saved = await sdc(['scc', 'login', '--base-url', url], { cwd: home, input: sccAnswers });
  expect(saved.code).toBe(0);
  expect(saved.out + saved.err).not.toContain('password\n');
  expect(statSync(join(home, own)).mode & 0o777).toBe(0o600);
  expect((await sdc(['scc', 'list', '--id_exact', '20210601aky0000'], { cwd: home })).code).toBe(0);
  const shown = await sdc(['config'], { cwd: home });
  expect(shown.out).not.toContain('account-password');
  expect(await told(home, 'scc.password')).toBe('"scc.password","(set)","settings file","SCC_PASSWORD"');
});

test.each([
  ['site', 'earlinet\nwrong\nscc_user\naccount-password\n'],
  ['account', 'earlinet\nsite-password\nscc_user\nwrong\n'],
])('a refused %s login is told apart, and nothing is saved', async (layer, input) => {
  const home = tempDir();
  const { code, err } = await sdc(['scc', 'login', '--base-url', await scc()], { cwd: home, input });
  expect(code).toBe(4);
  expect(err).toContain(`nothing was saved: the ${layer} login was refused`);
  expect(existsSync(join(home, own))).toBe(false);
});

test('an unreachable site saves nothing either', async () => {
  const home = tempDir();
  const args = ['scc', 'login', '--base-url', 'http://127.0.0.1:9/', '--retries', '0'];
  expect((await sdc(args, { cwd: home, input: sccAnswers })).code).toBe(75);
  expect(existsSync(join(home, own))).toBe(false);
});

test('an API key is tried before it is kept, and works afterwards', async () => {
  const home = tempDir();
  const sim = simulateImap();
  const server = await start(sim);
  const args = ['imap', 'login', '--url', server.url];
  expect((await sdc(args, { cwd: home, input: 'wrong-key\n\n' })).code).toBe(4);
  expect(existsSync(join(home, own))).toBe(false);
  expect((await sdc(args, { cwd: home, input: `${sim.credentials.apiKey}\n\n` })).code).toBe(0);
  const found = await sdc(['imap', 'query', '--instrument', 'mag', '--start-date', '20260105'], { cwd: home });
  expect(found.code).toBe(0);
  expect(sim.requests.at(-1)?.headers.get('x-api-key')).toBe(sim.credentials.apiKey);
  const token = { IMAP_ACCESS_TOKEN: sim.credentials.accessToken };
  await sdc(['imap', 'query', '--instrument', 'mag', '--start-date', '20260105'], { cwd: home, env: token });
  expect(sim.requests.at(-1)?.headers.get('x-api-key'), 'the environment wins over the file').toBeNull();
});

test('the login of a SCOPS project', async () => {
  const home = tempDir();
  const sim = simulateScops();
  const server = await start(sim);
  const { project, password } = sim.credentials;
  const args = ['scops', 'login', '--base-url', server.url];
  expect((await sdc(args, { cwd: home, input: `${project}\nwrong\n` })).code).toBe(4);
  expect(existsSync(join(home, own))).toBe(false);
  expect((await sdc(args, { cwd: home, input: `${project}\n${password}\n` })).code).toBe(0);
  expect((await sdc(['scops', 'flight', '2014', '217'], { cwd: home })).code).toBe(0);
});

test('config changes one setting, keeps the others, and removes one', async () => {
  const home = tempDir();
  mkdirSync(join(home, '.config'));
  await sdc(['config', 'hmi.base_url', 'http://localhost:9999'], { cwd: home });
  await sdc(['config', 'scops.password', '--set'], { cwd: home, input: 'hidden-word\n' });
  expect(readFileSync(join(home, own), 'utf8')).toContain('password: hidden-word');
  await sdc(['config', 'hmi.base_url', ''], { cwd: home });
  expect(await told(home, 'hmi.base_url')).toBe('"hmi.base_url","","","HMI_BASE_URL"');
  expect(await told(home, 'scops.password')).toContain('"(set)"');
  const unknown = await sdc(['config', 'scc.nope'], { cwd: home });
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('scc.base_url');
});
