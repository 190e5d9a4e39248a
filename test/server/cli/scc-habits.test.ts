// The command as lidar groups use it: their lists, folders, words and old command lines.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeNetcdf } from '../../../src/testing/scc/netcdf-write.js';
import { exampleFile } from '../../support/example-file.js';
import { desk } from './scc-desk.js';

const id = '20210601aky0930';
const raw = exampleFile(`${id}.nc`);
const sounding = exampleFile('rs_20210601aky09.nc');

test('a list that a spreadsheet wrote keeps its form: semicolons, byte order mark, blank lines', async () => {
  const { run, cwd, sim } = await desk({ downloads: { '20210602aky0600/*': '404' } });
  const lines = [
    'Filename;id;Products_Downloaded;Remark',
    'a.nc;20210601aky0000;False;"clear; calm"',
    '',
    ';;;',
    'b.nc;20210601aky0100;True;',
    '',
  ];
  writeFileSync(join(cwd, 'list.csv'), `\u{FEFF}${lines.join('\r\n')}\r\n`);
  const { code, err } = await run('scc-download', 'out', 'list.csv');
  expect(code, err).toBe(0);
  expect(existsSync(join(cwd, 'out/preprocessed_20210601aky0000.zip'))).toBe(true);
  expect(readFileSync(join(cwd, 'list.csv'), 'utf8')).toMatch(/"a\.nc";"20210601aky0000";"True";"clear; calm"\r?\n/u);
  expect(sim.requests.filter(({ path }) => path.includes('20210601aky0100'))).toEqual([]);
});

test('list --station asks the SCC: the letters of an id may be those of a call sign', async () => {
  const measurements = [
    { id: '20181017oh00', station: 'hpb', start: '2018-10-17T00:00' },
    { id: '20181017aky0', station: 'aky', start: '2018-10-17T01:00' },
  ];
  const { run } = await desk({ data: { replace: true, measurements } });
  const { code, out, err } = await run('list', '--id_startswith', '20181017', '--station', 'hpb', '--output', 'json');
  expect(code, err).toBe(0);
  expect((JSON.parse(out) as { id: string }[]).map((one) => one.id)).toEqual(['20181017oh00']);
});

test('a name in place of a station code is refused, and the code is suggested', async () => {
  const { run, sim } = await desk();
  const { code, err } = await run('search', '2021-06-01', '2021-06-02', '--location', 'Antikythera');
  expect({ code, requests: sim.requests.length }).toEqual({ code: 2, requests: 0 });
  expect(err).toMatch(/"Antikythera" is not a station code; .* did you mean aky\?/u);
});

test('--max_retries looks so many times more for an id that is not known yet', async () => {
  const { run, sim, cwd } = await desk();
  const args = ['download', '20210601aky0000', '--products', 'elpp', '--poll', '0.05', '--output-dir', 'out'];
  const unknown = { route: 'GET /api/v1/measurements/*', fault: { kind: 'status', status: 404 } } as const;
  sim.faults.add({ ...unknown, times: 3 });
  const patient = await run(...args, '--max_retries', '3');
  expect(patient.code, patient.err).toBe(0);
  expect(existsSync(join(cwd, 'out/preprocessed_20210601aky0000.zip'))).toBe(true);
  sim.faults.add({ ...unknown, times: 3 });
  expect((await run(...args, '--max_retries', '2')).code).toBe(3);
});

test('what is taken by default but not offered is told, and no failure; what is named is one', async () => {
  const { run } = await desk({ downloads: { '*/elquick': '404', '*/plots': 'html' } });
  const args = ['download', '20210601aky0000', '--no-wait', '--output-dir', 'out'];
  const { code, out, err } = await run(...args);
  expect(code, err).toBe(0);
  expect(out).toContain('preprocessed_20210601aky0000.zip');
  expect(err).toContain('the SCC does not offer elquick; it is left out');
  expect(err).toContain('the SCC does not offer plots; it is left out');
  const named = await run(...args, '--products', 'elquick');
  expect(named.code).not.toBe(0);
  expect(named.err).toContain('20210601aky0000 elquick');
});

test('a folder: the files that measurements name are sent along, and said', async () => {
  const held = { kind: 'lidarratio', filename: 'lr_20210601aky.nc', status: 'ok' } as const;
  const { run, cwd, sim } = await desk({ data: { replace: true, ancillaries: [held] } });
  const named = {
    Sounding_File_Name: 'rs_20210601aky09.nc',
    Overlap_File_Name: 'ov_20210601aky.nc',
    LR_File_Name: held.filename,
  };
  const hours = { RawData_Start_Date: '20210601', RawData_Start_Time_UT: '093000', RawData_Stop_Time_UT: '100000' };
  writeFileSync(join(cwd, 'a.nc'), makeNetcdf({ Measurement_ID: id, ...hours, ...named }));
  for (const name of Object.values(named)) await copyFile(sounding, join(cwd, name));
  const { code, out, err } = await run('upload', '.', '--system', '437');
  expect({ code, out }, err).toEqual({ code: 0, out: `uploaded ${id} (a.nc)\n` });
  expect(err).toMatch(/rs_20210601aky09\.nc: sent/u);
  expect(err).toMatch(/ov_20210601aky\.nc: sent/u);
  expect(err).toMatch(/lr_20210601aky\.nc: the SCC already had it/u);
  expect(sim.ancillaries.filter(({ status }) => status !== 'missing')).toHaveLength(3);
});

test('an id that only the form knows is told in the words of the SCC', async () => {
  const words = `A measurement with the ID ${id} already exists.`;
  const { run } = await desk({ data: { replace: true }, uploads: [{ kind: 'alert', texts: [words] }] });
  const { code, err } = await run('upload-file', raw, '437');
  expect(code).toBe(5);
  expect(err).toContain(words);
});

test('upload-file -p ends with the new products, whatever --overwrite says', async () => {
  const { run, cwd } = await desk();
  const args = ['upload-file', raw, '437', '-p', '--poll', '0.05', '--radiosounding', sounding, '--overwrite', 'skip'];
  writeFileSync(join(cwd, `preprocessed_${id}.zip`), 'of before');
  const { code, err } = await run(...args);
  expect(code, err).toBe(0);
  expect(readFileSync(join(cwd, `preprocessed_${id}.zip`)).toString('latin1', 0, 2)).toBe('PK');
});

test('--upload-timeout limits the answer to an upload, --settle the questions after it', async () => {
  const { run, sim } = await desk({ data: { replace: true }, uploadAnswerMs: 2_000 });
  const found = await run('upload-file', raw, '437', '--upload-timeout', '0.5', '--settle', '60');
  expect(found, found.err).toMatchObject({ code: 0, out: `uploaded ${id}\n` });
  sim.faults.add({ route: 'POST /data_processing/*', fault: { kind: 'status', status: 504 } });
  const lost = await run('upload-file', raw, '437', '--force-upload', '--settle', '0');
  expect(lost.code).not.toBe(0);
  expect(lost.err).toContain('504');
  expect((await run('upload-file', raw, '437', '--settle', '-1')).code).toBe(2);
});
