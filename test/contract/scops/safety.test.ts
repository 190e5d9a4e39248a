import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ConfigError, JobNotFound, RejectedError, WrongCredentials } from '../../../src/errors.js';
import { ScopsClient } from '../../../src/scops/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { finished, order, world } from './kit.js';

const UNKNOWN = 'GB13_08_2014_217_20180307152823';

test('pitfall 1: one and the same project stands in every query and form', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  await scops.getStatus(id);
  await scops.download(id, tempDir()).toArray();
  expect(sim.requests.length).toBeGreaterThan(5);
  for (const { query } of sim.requests) expect(query.getAll('project')).toEqual(['GB13_08']);
  const form = sim.requests.find(({ path }) => path === '/processor/progress')!;
  expect(Buffer.from(form.body!).toString()).toMatch(/name="project"\r\n\r\nGB13_08\r\n/u);
});

test('pitfall 3: an unknown order is never confirmed, and gets no band maths', async () => {
  const { sim, scops } = world();
  await expect(scops.confirm(UNKNOWN)).rejects.toThrow(JobNotFound);
  await expect(scops.submitBandMath(UNKNOWN, { equations: { veg: 'band1' } })).rejects.toThrow(JobNotFound);
  await expect(scops.getBandMath(UNKNOWN)).rejects.toThrow(JobNotFound);
  expect(await scops.orderExists(UNKNOWN)).toBe(false);
  expect(sim.configs.size).toBe(0);
  expect(sim.requests.every(({ path, method }) => method === 'GET' && path.startsWith('/processor/bandratio/'))).toBe(
    true,
  );
});

test('pitfall 3: existence is proved immediately before each confirmation', async () => {
  const { sim, scops } = world();
  const { configName } = await scops.submit(order());
  await scops.confirm(configName);
  await scops.confirm(configName);
  const paths = sim.requests.map(({ path }) => path.split('/')[2]);
  expect(paths).toEqual(['jobrequest', 'progress', 'bandratio', 'confirm', 'bandratio', 'confirm']);
  expect(sim.configs.get(configName)).toContain('confirmed = True');
});

test('pitfalls 2, 5 and 19: a new DEM goes to an order in DEM error only, once, with the login', async () => {
  const { sim, scops } = world({ demCovers: false });
  const folder = tempDir();
  const file = join(folder, 'my area.dem');
  const header = join(folder, 'area.hdr');
  await writeFile(file, 'elevated');
  await writeFile(
    header,
    'ENVI\nsamples = 2\nlines = 2\nbands = 1\ninterleave = bil\ndata type = 2\nmap info = {Geographic Lat/Lon, 1, 1, -4.3, 50.4, 0.2, 0.1, WGS-84}\n',
  );
  const { configName } = await scops.submit(order({ dem: { file, header } }));
  expect([...sim.demFiles.keys()].some((path) => /my_area\d{14}\.dem$/u.test(path))).toBe(true);
  await scops.confirm(configName);
  sim.clock.advance(3 * 60_000);
  const id = sim.processingIds[0]!;
  expect(await scops.getStatus(id)).toMatchObject({ state: 'empty', products: [], percent: 0 });
  const error = await scops.getDemError(id);
  expect(error?.reason).toBe('The dem does not cover enough of the area');
  expect(error?.advice).toMatch(/aster or srtm .* bad DEM/u);
  await expect(scops.reuploadDem(id, 'aster' as never)).rejects.toThrow(TypeError);
  await scops.reuploadDem(id, { file, header });
  const sent = sim.requests.filter(({ path }) => path === '/processor/dem_error/upload');
  expect(sent).toHaveLength(1);
  expect(sent[0]!.headers.get('authorization')).toMatch(/^Basic /u);
  expect(sim.configs.get(configName)).toContain('restart = True');
  await expect(scops.reuploadDem(id, { file, header })).rejects.toThrow(/already/u);
  expect(sim.requests.filter(({ path }) => path === '/processor/dem_error/upload')).toHaveLength(1);
});

test('pitfall 5: an order with products is not started again by a DEM', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  const file = join(tempDir(), 'a.dem');
  await writeFile(file, 'xx');
  await writeFile(
    file.replace('.dem', '.hdr'),
    'ENVI\nsamples = 1\nlines = 1\nbands = 1\ndata type = 2\nmap info = {Geographic Lat/Lon, 1, 1, -5, 51, 2, 2, WGS-84}\n',
  );
  await expect(scops.reuploadDem(id, { file })).rejects.toThrow(RejectedError);
  expect(await scops.getDemError(id)).toBeUndefined();
  expect(sim.requests.some(({ path }) => path === '/processor/dem_error/upload')).toBe(false);
});

test('pitfall 7: plain http is for this machine only, unless it is allowed', () => {
  const make = (baseUrl: string, allowInsecure?: boolean): ScopsClient =>
    new ScopsClient({
      baseUrl,
      project: 'GB13_08',
      password: 'secret',
      ...(allowInsecure !== undefined && { allowInsecure }),
    });
  expect(() => make('http://scops.example/processor')).toThrow(/allowInsecure/u);
  expect(() => make('http://localhost.scops.example/processor')).toThrow(ConfigError);
  expect(() => make('http://127.0.0.1.scops.example/')).toThrow(ConfigError);
  for (const local of ['http://localhost:5001/', 'http://127.0.0.1:5001/processor', 'http://[::1]/']) make(local);
  make('http://scops.example/processor', true);
  make('https://scops.example/processor');
});

test('pitfall 7: the login never follows a redirect to another host, nor the links of a status', async () => {
  const { sim } = world();
  const seen: [string, string | null][] = [];
  const scops = new ScopsClient({
    ...sim.credentials,
    baseUrl: sim.baseUrl,
    retries: 0,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      seen.push([new URL(request.url).origin, request.headers.get('authorization')]);
      if (new URL(request.url).origin === 'https://elsewhere.example') return new Response('<p>hello</p>');
      return new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/jobrequest' } });
    },
  });
  await expect(scops.getFlight({ year: 2014, day: 217 })).rejects.toThrow(/lacks/u);
  expect(seen.map(([origin, login]) => [origin, login !== null])).toEqual([
    [new URL(sim.baseUrl).origin, true],
    ['https://elsewhere.example', false],
  ]);
});

test('a refused login names its layer and shows no secret', async () => {
  const { scops } = world({}, { password: 'wrong-secret' });
  const error: unknown = await rejection(scops.getFlight({ year: 2014, day: 217 }));
  expect(error).toBeInstanceOf(WrongCredentials);
  expect(error).toMatchObject({ layer: 'project', status: 401, attempts: 1 });
  expect(JSON.stringify(error)).not.toContain('wrong-secret');
});

test('settings are read when the client is made, options first', async () => {
  expect(() => new ScopsClient({ baseUrl: 'https://x.example', password: 'p' })).toThrow(/SCOPS_PROJECT/u);
  expect(() => new ScopsClient({ baseUrl: 'https://x.example', project: 'GB13_08' })).toThrow(/SCOPS_PASSWORD/u);
  expect(() => new ScopsClient({ project: 'GB13_08', password: 'pass' })).toThrow(/SCOPS_BASE_URL/u);
  expect(() => new ScopsClient({ baseUrl: 'https://x.example', project: 'GB*', password: 'pass' })).toThrow(
    ConfigError,
  );
  expect(
    () =>
      new ScopsClient({ baseUrl: 'https://x.example', project: 'A', password: 'pass', serverTimeZone: 'Mars/Base' }),
  ).toThrow(/IANA/u);
  const { scops } = world();
  await scops.close();
  await scops.close();
  await expect(scops.getFlight({ year: 2014, day: 217 })).rejects.toMatchObject({ code: 'closed' });
  await expect(scops.confirm(UNKNOWN)).rejects.toMatchObject({ code: 'closed' });
  await expect(scops.submit(order())).rejects.toMatchObject({ code: 'closed' });
});
