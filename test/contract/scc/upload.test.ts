import { copyFile, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { asked, scene } from './harness.js';

const file = exampleFile('20210601aky0930.nc');
const sounding = exampleFile('rs_20210601aky09.nc');
const id = '20210601aky0930';
const posts = /^POST .*quick/u;
const empty = { data: { replace: true } } as const;

describe('an upload', () => {
  it.each([
    ['netCDF 4', '20210601aky0930', 'legacy'],
    ['netCDF 4', '20210601aky0930', '5.2'],
    ['netCDF 3', '20210602aky0930', '3.2'],
    ['netCDF 3', '20210602aky0930', 'main'],
  ] as const)(
    'of %s takes its id from the file %s and is proved by the measurement page, on Django %s (pitfall 1)',
    async (_kind, name, profile) => {
      const { sim, scc } = scene({ ...empty, profile });
      const progress: number[] = [];
      const result = await scc.uploadFile(exampleFile(`${name}.nc`), '437', {
        soundingFile: exampleFile(`rs_${name.slice(0, -2)}.nc`),
        delayHours: 2,
        onProgress: ({ bytes, totalBytes }) => progress.push(bytes / (totalBytes ?? 1)),
      });
      expect(result.measurementId).toBe(name);
      expect(result.url).toBe(new URL(`data_processing/measurements/${name}/`, sim.baseUrl).href);
      expect(result.ancillaries).toEqual([
        { file: exampleFile(`rs_${name.slice(0, -2)}.nc`), type: 'sounding', sent: true },
      ]);
      expect(sim.measurement(name)).toMatchObject({ system: 437 });
      expect(progress.at(-1)).toBe(1);
      const post = sim.requests.find(({ method, path }) => method === 'POST' && path.includes('quick'));
      expect(post?.headers.get('content-length')).toBe(String(post?.bodyBytes));
      expect(post?.headers.get('referer')).toContain('/data_processing/measurements/quick/');
      const form = new TextDecoder('latin1').decode(post?.body);
      expect([...form.matchAll(/ name="([^"]+)"/gu)].map((match) => match[1])).toEqual([
        'system',
        'delay',
        'data',
        'sounding_file',
      ]);
    },
  );

  it('does not send an ancillary file that the SCC holds, but sends one that is only referred to (pitfall 32)', async () => {
    for (const [status, sent] of [
      ['ok', false],
      ['missing', true],
    ] as const) {
      const { scc } = scene({
        data: { replace: true, ancillaries: [{ kind: 'sounding', filename: 'rs_20210601aky09.nc', status }] },
      });
      const { ancillaries } = await scc.uploadFile(file, 437, { soundingFile: sounding });
      expect(ancillaries).toMatchObject([{ sent }]);
    }
  });

  it('of an id that exists is AlreadyExists and nothing is sent; with force it replaces (6.4)', async () => {
    const { sim, scc } = scene({ data: { replace: true, measurements: [{ id, system: 1 }] } });
    await expect(scc.uploadFile(file, 437)).rejects.toMatchObject({ name: 'AlreadyExists', code: 'exists' });
    expect(asked(sim, posts)).toEqual([]);
    await scc.uploadFile(file, 437, { force: true });
    expect(sim.measurement(id)).toMatchObject({ system: 437 });
  });

  it.each([
    ['alert boxes', { kind: 'alert', texts: ['First reason', 'Second reason'] }, ['First reason', 'Second reason']],
    ['an alert box without a paragraph', { kind: 'alert', texts: ['Bare reason'], paragraph: false }, ['Bare reason']],
    [
      'a field error',
      { kind: 'field', text: 'Sounding File\n  Error: Altitude should be in ascending order' },
      ['Sounding File Error: Altitude should be in ascending order'],
    ],
    [
      'a field error without a paragraph',
      { kind: 'field', text: 'Data Error: bad', paragraph: false },
      [expect.stringContaining('Data Error: bad')],
    ],
    ['nothing', { kind: 'field' }, []],
  ] as const)(
    'that is refused with %s is SCCError in the SCC’s words (pitfalls 29 and 30)',
    async (_how, outcome, messages) => {
      const { sim, scc } = scene({ ...empty, uploads: [outcome] });
      await expect(scc.uploadFile(file, 437)).rejects.toMatchObject({ name: 'SCCError', code: 'rejected', messages });
      expect(asked(sim, posts)).toHaveLength(1);
    },
  );

  it('that is redirected elsewhere is no success (pitfall 1)', async () => {
    const { scc } = scene({ ...empty, uploads: [{ kind: 'elsewhere' }] });
    await expect(scc.uploadFile(file, 437)).rejects.toMatchObject({ code: 'unexpected-response' });
  });

  it('that meets the login was not taken: it is sent again after one login (pitfall 1)', async () => {
    const { sim, scc } = scene({ ...empty, uploads: [{ kind: 'session-lost' }] });
    await scc.uploadFile(file, 437);
    expect(sim.measurement(id)).toBeDefined();
    expect(asked(sim, posts)).toHaveLength(2);
    expect(asked(sim, /^POST .*login/u)).toHaveLength(2);
  });

  it.each([500, 502, 503])('that is answered with %i is not sent twice, and its error is told', async (status) => {
    const { sim, scc } = scene(empty);
    sim.faults.add({ route: 'POST /data_processing/*', times: Infinity, fault: { kind: 'status', status } });
    await expect(scc.uploadFile(file, 437)).rejects.toMatchObject({ status, code: 'server' });
    expect(asked(sim, posts)).toHaveLength(1);
  });

  it('whose question for its radiosonde fails tells so in its own name', async () => {
    const { sim, scc } = scene(empty, { retries: 0 });
    const fault = { kind: 'status', status: 400 } as const;
    sim.faults.add({ route: 'GET */sounding_files/', times: Infinity, fault });
    await expect(scc.uploadFile(file, 437, { soundingFile: sounding })).rejects.toThrow(/^scc\.uploadFile: /u);
    const at = tempDir();
    await copyFile(file, join(at, 'a.nc'));
    const { value } = await scc.uploadFiles(at, { systemId: 437 }).next();
    expect(value).toMatchObject({ error: { message: expect.stringMatching(/^scc\.uploadFiles: /u) } });
    await expect(scc.processFile(file, 437, at, { soundingFile: sounding })).rejects.toThrow(/^scc\.processFile: /u);
  });

  it('whose answer is lost is looked up instead of being sent twice', async () => {
    const { sim, scc } = scene(empty);
    sim.faults.add({
      route: 'POST /data_processing/*',
      fault: {
        kind: 'replace',
        response: () => {
          sim.addMeasurement({ id, system: 437 });
          return new Response('gateway', { status: 504 });
        },
      },
    });
    expect(await scc.uploadFile(file, 437)).toMatchObject({ measurementId: id });
    expect(asked(sim, posts)).toHaveLength(1);
  });

  it('whose answer comes late is waited for by its own limit', async () => {
    const { sim, scc } = scene({ ...empty, uploadAnswerMs: 2_000 }, { timeoutMs: 1_000 });
    await scc.login();
    expect(await scc.uploadFile(file, 437)).toMatchObject({ measurementId: id });
    expect(asked(sim, posts)).toHaveLength(1);
  });

  it('whose limit is over is found as soon as it is stored', async () => {
    const { sim, scc } = scene({ ...empty, uploadAnswerMs: 2_000 }, { retries: 0 });
    expect(await scc.uploadFile(file, 437, { uploadTimeoutMs: 500 })).toMatchObject({ measurementId: id });
    expect(asked(sim, posts)).toHaveLength(1);
  });

  it('that arrives after its answer was lost is found, for as long as settleMs', async () => {
    const { sim, scc } = scene(empty, { retries: 0 });
    sim.faults.add({
      route: 'POST /data_processing/*',
      times: 2,
      fault: {
        kind: 'replace',
        response: () => {
          setTimeout(() => sim.addMeasurement({ id, system: 437 }), 1_200);
          return new Response('gateway', { status: 504 });
        },
      },
    });
    expect(await scc.uploadFile(file, 437, { settleMs: 30_000 })).toMatchObject({ measurementId: id });
    const again = scc.uploadFile(file, 437, { force: true, settleMs: 0 });
    await expect(again).rejects.toMatchObject({ status: 504, delivered: 'maybe' });
    expect(asked(sim, posts)).toHaveLength(2);
  });

  it('that was accepted is looked for as long as settleMs, where its page and the API do not show it yet', async () => {
    const { sim, scc } = scene(empty, { retries: 0 });
    let delayMs = 1_200;
    sim.faults.add({
      route: 'POST /data_processing/*',
      times: 2,
      fault: {
        kind: 'replace',
        response: () => {
          if (delayMs > 0) setTimeout(() => sim.addMeasurement({ id, system: 437 }), delayMs);
          const location = new URL(`data_processing/measurements/${id}/`, sim.baseUrl).href;
          return new Response(null, { status: 302, headers: { location } });
        },
      },
    });
    expect(await scc.uploadFile(file, 437, { settleMs: 30_000 })).toMatchObject({ measurementId: id });
    delayMs = 0;
    const never = scc.uploadFile(file, 437, { force: true, settleMs: 0 });
    await expect(never).rejects.toMatchObject({ code: 'unexpected-response' });
    sim.addMeasurement({ id, system: 437 });
    expect(await scc.uploadFile(file, 437, { force: true })).toMatchObject({ measurementId: id });
    expect(asked(sim, posts)).toHaveLength(2);
  });

  it('that arrives after the call has failed is not deleted by the next call with force', async () => {
    const { sim, scc } = scene(empty, { retries: 0 });
    sim.faults.add({ route: 'POST /data_processing/*', fault: { kind: 'status', status: 504 } });
    await expect(scc.uploadFile(file, 437, { settleMs: 0 })).rejects.toMatchObject({ status: 504 });
    sim.addMeasurement({ id, system: 437 });
    expect(await scc.uploadFile(file, 437, { force: true })).toMatchObject({ measurementId: id });
    expect(asked(sim, /delete/u)).toEqual([]);
    expect(asked(sim, posts)).toHaveLength(1);
    await scc.uploadFile(file, 437, { force: true });
    expect(asked(sim, /^POST .*delete/u)).toHaveLength(1);
  });

  it('that was not sent to its end, or was answered by an error of the site, fails without waiting', async () => {
    for (const status of [500, 503]) {
      const { sim, scc } = scene(empty, { retries: 0 });
      sim.faults.add({ route: 'POST /data_processing/*', fault: { kind: 'status', status } });
      await expect(scc.uploadFile(file, 437)).rejects.toMatchObject({ status });
    }
  });

  it('is not waited for after an abort', async () => {
    const { sim, scc } = scene(empty, { retries: 0 });
    sim.faults.add({ route: 'POST /data_processing/*', fault: { kind: 'status', status: 504 } });
    const control = new AbortController();
    const upload = scc.uploadFile(file, 437, { signal: control.signal });
    setTimeout(() => control.abort('enough'), 1_500);
    await expect(upload).rejects.toBe('enough');
  });

  it('without the right is Forbidden', async () => {
    const { scc } = scene({ ...empty, permissions: { upload: false } });
    await expect(scc.uploadFile(file, 437)).rejects.toMatchObject({ name: 'Forbidden' });
  });
});

describe('bad input', () => {
  it.each([
    ['a missing file', 'missing.nc', 437, {}, /does not exist/u],
    ['a directory', '.', 437, {}, /not a file/u],
    ['an empty file', 'empty.nc', 437, {}, /is empty/u],
    ['a text', 'text.nc', 437, {}, /not a netCDF file/u],
    ['a dangling link', 'link.nc', 437, {}, /does not exist/u],
    ['a system id of letters', 'good.nc', 'abc', {}, /system id/u],
    ['a negative system id', 'good.nc', -1, {}, /system id/u],
    ['a fraction of a system id', 'good.nc', 1.5, {}, /system id/u],
    ['a delay below', 'good.nc', 437, { delayHours: -1 }, /delayHours must be from 0 to 96/u],
    ['a delay above', 'good.nc', 437, { delayHours: 97 }, /delayHours must be from 0 to 96/u],
    ['half an hour', 'good.nc', 437, { delayHours: 0.5 }, /delayHours/u],
    ['an id with a slash', 'good.nc', 437, { measurementId: 'a/b' }, /not a measurement id/u],
    ['a missing radiosonde', 'good.nc', 437, { soundingFile: 'nowhere.nc' }, /soundingFile does not exist/u],
    ['an empty overlap file', 'good.nc', 437, { overlapFile: 'empty.nc' }, /overlapFile is empty/u],
    ['a lidar ratio file of text', 'good.nc', 437, { lidarRatioFile: 'text.nc' }, /lidarRatioFile is not a netCDF/u],
  ])('%s is a clear error before any request', async (_what, name, system, options, message) => {
    const { sim, scc } = scene(empty);
    const at = tempDir();
    await writeFile(join(at, 'empty.nc'), '');
    await writeFile(join(at, 'text.nc'), 'no netCDF');
    await copyFile(file, join(at, 'good.nc'));
    await symlink(join(at, 'gone.nc'), join(at, 'link.nc'));
    const absolute = Object.fromEntries(
      Object.entries(options).map(([key, value]) => [
        key,
        typeof value === 'string' && key.endsWith('File') ? join(at, value) : value,
      ]),
    );
    const error: unknown = await rejection(scc.uploadFile(join(at, name), system, absolute));
    expect(error instanceof TypeError || error instanceof RangeError).toBe(true);
    expect(String(error)).toMatch(message);
    expect(String(error)).toContain('scc.uploadFile');
    expect(sim.requests).toEqual([]);
  });
});

/** A netCDF file of the kind CDF-5: no dimension, no variable, text attributes. */
function makeFive(attributes: Record<string, string>): Buffer {
  const long = (value: number): Buffer => Buffer.concat([Buffer.alloc(4), Buffer.from([0, 0, 0, value])]);
  const text = (value: string): Buffer =>
    Buffer.concat([Buffer.from(value), Buffer.alloc((4 - (value.length % 4)) % 4)]);
  const entries = Object.entries(attributes);
  return Buffer.concat([
    Buffer.from('CDF\u0005'),
    long(0),
    ...[Buffer.alloc(4), long(0)],
    ...[Buffer.from([0, 0, 0, 12]), long(entries.length)],
    ...entries.flatMap(([name, value]) => [
      ...[long(name.length), text(name), Buffer.from([0, 0, 0, 2])],
      ...[long(value.length), text(value)],
    ]),
    ...[Buffer.alloc(4), long(0)],
  ]);
}

describe('many files', () => {
  it('of a folder give one result each; a bad one does not end the run (pitfall 36)', async () => {
    const { sim, scc } = scene(empty);
    const at = tempDir();
    await copyFile(file, join(at, 'a.nc'));
    await copyFile(sounding, join(at, 'rs_20210601aky09.nc'));
    await copyFile(exampleFile('20210602aky0930.nc'), join(at, 'b.nc'));
    await copyFile(file, join(at, 'calibration_1.nc'));
    await writeFile(join(at, 'c.nc'), 'broken');
    await mkdir(join(at, 'd.nc'));
    const results = await scc.uploadFiles(at, { systemId: 437, skipCalibration: true }).toArray();
    expect(results.map(({ status, file: name }) => `${status} ${name.slice(at.length + 1)}`)).toEqual([
      'uploaded a.nc',
      'failed b.nc',
      'failed c.nc',
    ]);
    expect(results[0]).toMatchObject({ measurementId: id, ancillaries: [{ type: 'sounding', sent: true }] });
    expect(results[1]).toMatchObject({ error: { message: expect.stringContaining('rs_20210602aky09.nc') } });
    expect(results[2]).toMatchObject({ error: expect.any(TypeError) });
    expect(asked(sim, posts)).toHaveLength(1);
  });

  it('may each have their own options, and need a system id', async () => {
    const { sim, scc } = scene(empty);
    const results = [];
    for await (const result of scc.uploadFiles([{ file, systemId: 7, soundingFile: sounding }, file]))
      results.push(result);
    expect(results.map(({ status }) => status)).toEqual(['uploaded', 'failed']);
    expect(results[1]).toMatchObject({ error: { message: expect.stringContaining('system id') } });
    expect(sim.measurement(id)).toMatchObject({ system: 7 });
  });

  it.each([
    ['a list', (list: unknown[]) => list],
    ['a set', (list: unknown[]) => new Set(list)],
    ['a generator', (list: unknown[]) => list.values()],
  ])('are not sent where one element of %s is not a file', async (_what, source) => {
    const { sim, scc } = scene(empty);
    const wrong = source([file, { file, systemId: 7 }, { file, sytemId: 7 }]) as Iterable<string>;
    await expect((async () => scc.uploadFiles(wrong, { systemId: 437 }).toArray())()).rejects.toThrow(
      /unknown option "sytemId"/u,
    );
    expect(asked(sim, posts)).toEqual([]);
    expect(sim.measurement(id)).toBeUndefined();
  });

  it('of the kind CDF-5 are sent with the id and the system that their header names', async () => {
    const { sim, scc } = scene(empty);
    const five = join(tempDir(), 'five.nc');
    await writeFile(five, makeFive({ Measurement_ID: id }));
    const named = join(tempDir(), 'named.nc');
    await writeFile(named, makeFive({ Measurement_ID: '20210609aky0930', X_PollyXTPipelines_Configuration_ID: '186' }));
    const results = [];
    for await (const result of scc.uploadFiles([five, { file: five, systemId: 437 }, named])) results.push(result);
    expect(results).toMatchObject([
      { status: 'failed', error: { message: expect.stringContaining('scc.uploadFiles: no system id: give systemId') } },
      { status: 'uploaded', file: five, measurementId: id },
      { status: 'uploaded', file: named, measurementId: '20210609aky0930' },
    ]);
    expect(sim.measurement('20210609aky0930')?.system).toBe(186);
  });

  it('of a folder may be links, beside what systems leave in folders; a link that leads nowhere is told', async () => {
    const { scc } = scene(empty);
    const at = tempDir();
    const elsewhere = tempDir();
    await writeFile(join(elsewhere, 'one'), makeFive({ Measurement_ID: id }));
    await symlink(join(elsewhere, 'one'), join(at, 'a.nc'));
    await symlink(join(elsewhere, 'gone'), join(at, 'b.nc'));
    await symlink(elsewhere, join(at, 'c.nc'));
    await writeFile(join(at, '._a.nc'), 'AppleDouble');
    await writeFile(join(at, '.hidden.nc'), 'hidden');
    await symlink('nobody@host.1', join(at, '.#a.nc'));
    const results: string[] = [];
    for await (const { status, file: name } of scc.uploadFiles(at, { systemId: 437 }))
      results.push(`${status} ${name.slice(at.length + 1)}`);
    expect(results).toEqual(['uploaded a.nc', 'failed b.nc']);
  });

  it('take along the files that they name and that lie beside them', async () => {
    const warnings: string[] = [];
    const { sim, scc } = scene(
      { data: { replace: true, ancillaries: [{ kind: 'lidarratio', filename: 'lr_held.nc', status: 'ok' }] } },
      { logger: { warn: (text) => void warnings.push(text) } },
    );
    const at = tempDir();
    const measurement = (name: string, attributes: Record<string, string>): Promise<void> =>
      writeFile(join(at, name), makeFive({ Measurement_ID: `202106${name.slice(0, 2)}aky0930`, ...attributes }));
    await measurement('01.nc', {
      Overlap_File_Name: 'ov_1.nc',
      LR_File_Name: 'lr_1.nc',
      Sounding_File_Name: 'rs_1.nc',
    });
    await measurement('02.nc', { LR_File_Name: 'lr_held.nc' });
    await measurement('03.nc', { Overlap_File_Name: 'ov_nowhere.nc' });
    for (const name of ['ov_1.nc', 'lr_1.nc', 'rs_1.nc']) await copyFile(sounding, join(at, name));
    const results = [];
    for await (const result of scc.uploadFiles(at, { systemId: 437 })) results.push(result);
    expect(results).toMatchObject([
      {
        status: 'uploaded',
        ancillaries: [
          { type: 'sounding', sent: true },
          { type: 'overlap', sent: true, file: join(at, 'ov_1.nc') },
          { type: 'lidarratio', sent: true },
        ],
      },
      { status: 'uploaded', ancillaries: [] },
      { status: 'uploaded', ancillaries: [] },
    ]);
    expect(sim.ancillaries.filter(({ status }) => status !== 'missing').map(({ filename }) => filename)).toEqual(
      expect.arrayContaining(['rs_1.nc', 'ov_1.nc', 'lr_1.nc']),
    );
    expect(warnings.filter((text) => text.includes('nowhere'))).toHaveLength(1);
  });

  it('of a folder that is not there are a clear error', async () => {
    const { scc } = scene(empty);
    await expect(scc.uploadFiles('/no/such/folder', { systemId: 1 }).next()).rejects.toThrow(
      /^scc\.uploadFiles: the folder does not exist/u,
    );
  });
});

describe('ancillary files', () => {
  it('are found by name, told from those only referred to, and looked up with any name (pitfall 31)', async () => {
    const ancillaries = [
      { kind: 'sounding', filename: 'rs_a.nc', status: 'missing' },
      { kind: 'overlap', filename: 'ov_a & b.nc', status: 'ok' },
      { kind: 'lidarratio', filename: 'lr_a.nc', status: 'ok' },
    ] as const;
    const { sim, scc } = scene({ data: { replace: true, ancillaries } });
    expect(await scc.getAncillary('rs_a.nc', 'sounding')).toMatchObject({
      filename: 'rs_a.nc',
      status: 'missing',
      exists: false,
    });
    expect(await scc.getAncillary('ov_a & b.nc', 'overlap')).toMatchObject({ exists: true });
    expect(await scc.getAncillary('lr_a.nc', 'lidarratio')).toMatchObject({ exists: true, type: 'lidarratio' });
    expect(await scc.getAncillary('rs_b.nc', 'sounding')).toBeUndefined();
    sim.faults.add({ route: 'GET /api/*', fault: { kind: 'status', status: 400 } });
    await expect(scc.getAncillary('rs_a.nc', 'sounding')).rejects.toMatchObject({ status: 400 });
  });
});
