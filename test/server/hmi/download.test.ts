import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isSdcError, ProductNotAvailable, RemoteFileNotFound, TransferError } from '../../../src/errors.js';
import { rejection } from '../../support/rejection.js';
import { serve } from '../../support/server.js';
import { fits, HALF_HOUR, SERIES, useBench } from './kit.js';

const bench = useBench();

describe('downloading a listing', () => {
  it('checklist 8, pitfall 15: chosen segments under unique names, whatever the generation', async () => {
    for (const generation of [3, 4] as const) {
      const { hmi } = await bench().service({ generation });
      const records = await hmi.query(SERIES, { ...HALF_HOUR, harpnum: 6178 }).toArray();
      expect(records.length).toBeGreaterThan(0);
      const files = await hmi
        .download(records, join(bench().folder, String(generation)), { segments: ['magnetogram', 'bitmap'] })
        .toArray();
      expect(files).toHaveLength(records.length * 2);
      for (const file of files) {
        const { record, segment = '' } = file.source;
        expect(file).toMatchObject({ status: 'downloaded', bytes: 5760 });
        expect(file.sha256).toMatch(/^[0-9a-f]{64}$/u);
        expect(
          file.path.endsWith(
            `hmi.sharp_720s.6178.${record.dateObsText.slice(0, 19).replace(/[-:]/gu, '').replace('T', '_')}.${record.recnum ?? ''}.${segment}.fits`,
          ),
        ).toBe(true);
        expect((await readFile(file.path)).subarray(0, 9).toString()).toBe('SIMPLE  =');
      }
    }
  });

  it.each(['unpadded', 'trailing', 'gzip'] as const)('files that are whole in another form: %s', async (fileForm) => {
    for (const generation of [2, 4] as const) {
      const { hmi } = await bench().service({ generation, fileForm });
      const folder = join(bench().folder, String(generation));
      const wanted = { segments: ['magnetogram'] };
      const records = await hmi.query(SERIES, HALF_HOUR).toArray();
      const files = await hmi.download(records, folder, wanted).toArray();
      expect(files.length).toBeGreaterThan(1);
      for (const file of files) {
        expect(file.status).toBe('downloaded');
        expect(file.path).toMatch(fileForm === 'gzip' ? /\.magnetogram\.fits\.gz$/u : /\.magnetogram\.fits$/u);
        const body = await readFile(file.path);
        expect((fileForm === 'gzip' ? gunzipSync(body) : body).subarray(0, 9).toString()).toBe('SIMPLE  =');
        expect(file.bytes).toBe(body.length);
      }
      const again = await hmi.download(records, folder, wanted).toArray();
      for (const { status } of again) expect(status).toBe('skipped');
    }
  });

  it('generations 1 and 2, too', async () => {
    for (const generation of [1, 2] as const) {
      const { hmi } = await bench().service({ generation });
      const records = hmi.query('sharp_720s', HALF_HOUR);
      const files = await hmi
        .download(records, join(bench().folder, String(generation)), { segments: ['magnetogram'] })
        .toArray();
      expect(files.length).toBeGreaterThan(0);
      expect(new Set(files.map((file) => file.path)).size).toBe(files.length);
    }
  });

  it('checklist 4, pitfall 9: running again asks for nothing that is there, and fetches only what is missing', async () => {
    const { hmi, sim } = await bench().service();
    const records = await hmi.query(SERIES, { start: '2015-12-11T20:00:00Z', end: '2015-12-11T22:00:00Z' }).toArray();
    const run = (): Promise<{ status: string }[]> =>
      hmi.download(records, bench().folder, { segments: ['magnetogram'], onFailure: 'yield' }).toArray();
    sim.faults.add({ route: 'GET /HMI/*/magnetogram.fits', times: 2, skip: 1, fault: { kind: 'html' } });
    const first = await run();
    expect(first.filter(({ status }) => status === 'failed')).toHaveLength(2);
    sim.requests.length = 0;
    const second = await run();
    expect(second.map(({ status }) => status).sort()).toEqual(
      [...first.slice(2).map(() => 'skipped'), 'downloaded', 'downloaded'].sort(),
    );
    expect(sim.requests).toHaveLength(2);
    sim.requests.length = 0;
    expect((await run()).every(({ status }) => status === 'skipped')).toBe(true);
    expect(sim.requests).toEqual([]);
  });

  it('checklist 7, pitfall 5, pitfall 11: one bad file does not end the batch when that is asked for; each result says what it is', async () => {
    const { hmi, sim } = await bench().service();
    const records = await hmi.query(SERIES, HALF_HOUR).toArray();
    const [lost] = records;
    sim.faults.add({
      route: `GET /HMI/${SERIES}/${lost?.recnum ?? ''}/*`,
      times: Infinity,
      fault: { kind: 'status', status: 404 },
    });
    const results = await hmi
      .download(records, bench().folder, { segments: ['magnetogram'], onFailure: 'yield' })
      .toArray();
    const failed = results.filter((one) => one.status === 'failed');
    expect(failed).toHaveLength(1);
    expect(failed[0]?.source.record.recnum).toBe(lost?.recnum);
    expect(failed[0]?.status === 'failed' && failed[0].error).toBeInstanceOf(RemoteFileNotFound);
    expect(await bench().files()).toHaveLength(records.length - 1);
    expect(
      await rejection(hmi.download(records, bench().folder, { segments: ['magnetogram'] }).toArray()),
    ).toBeInstanceOf(RemoteFileNotFound);
  });

  it('pitfall 28: a segment that a record does not have is told, with those that it has', async () => {
    const { hmi } = await bench().service();
    const [record] = await hmi.query(SERIES, HALF_HOUR).toArray();
    if (record === undefined) throw new Error('no record');
    const error = await rejection(hmi.download(record, bench().folder, { segments: ['Magnetogram'] }).toArray());
    expect(error).toBeInstanceOf(ProductNotAvailable);
    expect(String(error)).toMatch(/no segment "Magnetogram"; it has .*magnetogram/u);
    expect(await bench().files()).toEqual([]);
  });

  it('a record without files is passed over, unless segments were named', async () => {
    const { hmi } = await bench().service({
      data: { records: [{ series: SERIES, recnum: 42, tRecIndex: 1_005_595, segments: [] }] },
    });
    const bare = await hmi
      .query(SERIES, { start: '2015-12-11', end: '2015-12-12', filter: (one) => one.recnum === 42 })
      .toArray();
    expect(bare).toHaveLength(1);
    expect(await hmi.download(bare, bench().folder).toArray()).toEqual([]);
    expect(await rejection(hmi.download(bare, bench().folder, { segments: ['bitmap'] }).toArray())).toBeInstanceOf(
      ProductNotAvailable,
    );
  });

  it('a record that is listed twice is fetched once', async () => {
    const { hmi, sim } = await bench().service();
    const [record] = await hmi.query(SERIES, HALF_HOUR).toArray();
    if (record === undefined) throw new Error('no record');
    sim.requests.length = 0;
    expect(await hmi.download([record, record], bench().folder, { segments: ['bitmap'] }).toArray()).toHaveLength(1);
    expect(sim.requests).toHaveLength(1);
  });

  it('progress counts files of a known list', async () => {
    const { hmi } = await bench().service();
    const records = await hmi.query(SERIES, HALF_HOUR).toArray();
    const seen: (number | undefined)[] = [];
    const options = {
      segments: ['magnetogram', 'bitmap'],
      onProgress: (p: { filesTotal?: number }) => seen.push(p.filesTotal),
    };
    await hmi.download(records, bench().folder, options).toArray();
    expect(new Set(seen)).toEqual(new Set([records.length * 2]));
  });

  it('records that were kept as JSON can be downloaded', async () => {
    const { hmi } = await bench().service();
    const records = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['bitmap'] }).toArray();
    const kept = JSON.parse(JSON.stringify(records.slice(0, 1))) as typeof records;
    expect(await hmi.download(kept, bench().folder).toArray()).toHaveLength(1);
  });

  it('pitfall 27: 4 files at a time by default, 1 in the safe mode', async () => {
    let busy = 0;
    let most = 0;
    let awaited = 4;
    const held: (() => void)[] = [];
    const { url } = await serve((request, response) => {
      busy += 1;
      most = Math.max(most, busy);
      held.push(() => {
        busy -= 1;
        response.end(fits());
      });
      // The first answers wait until as many are asked for as should be; one too many has time to come, too.
      if (busy >= awaited) awaited = 1;
      if (awaited === 1) for (const answer of held.splice(0)) setTimeout(answer, 20);
      request.resume();
    });
    const { hmi } = await bench().service({}, { baseUrl: url });
    const record = { series: 's', dateObs: new Date(0), dateObsText: '2015-12-11T00:00:00Z', raw: {}, recnum: 1 };
    const files = Array.from({ length: 12 }, (_, at) => ({ url: `${url}HMI/s/${at}/a.fits`, segment: `a${at}` }));
    const many = { ...record, files } as unknown as Parameters<typeof hmi.download>[0];
    await hmi.download(many, bench().folder).toArray();
    expect(most).toBe(4);
    most = 0;
    await hmi.download(many, bench().folder, { overwrite: 'replace', concurrency: 1 }).toArray();
    expect(most).toBe(1);
  });

  it('checklist 12: a pause lies between the starts of files, not before files that are there', async () => {
    const starts: number[] = [];
    const { url } = await serve((_request, response) => {
      starts.push(performance.now());
      response.end(fits());
    });
    const { hmi } = await bench().service({}, { baseUrl: url, politeDelayMs: 400 });
    for (const name of ['1', '2', '3']) await hmi.downloadFile(`${url}HMI/s/${name}/a.fits`, bench().folder);
    for (const name of ['1', '2', '3']) await hmi.downloadFile(`${url}HMI/s/${name}/a.fits`, bench().folder);
    expect(starts).toHaveLength(3);
    // Only a lower bound: a pause may be longer on a busy machine, never absent.
    for (const at of [1, 2]) expect((starts[at] ?? 0) - (starts[at - 1] ?? 0)).toBeGreaterThan(200);
  });

  it.each<[unknown, unknown, object]>([
    [undefined, 'x', {}],
    ['hmi', 'x', {}],
    [[], '', {}],
    [[], new URL('http://localhost/x'), {}],
    [[], 'x', { segments: [] }],
    [[], 'x', { fileName: 'mine' }],
  ])('%j, %j, %j are refused at once', async (records, directory, options) => {
    const { hmi } = await bench().service();
    expect(() => hmi.download(records as [], directory as string, options)).toThrow(TypeError);
  });

  it('what is no record is refused before any request', async () => {
    const { hmi, sim } = await bench().service();
    const odd = [{ url: 'http://h/HMI/x' }] as unknown as [];
    expect(() => hmi.download(odd, bench().folder)).toThrow(TypeError);
    expect(() => hmi.download(new Set(odd), bench().folder)).toThrow(TypeError);
    expect(sim.requests).toEqual([]);
  });
});

describe('names', () => {
  it('pitfall 9: the server calls every magnetogram alike, and no file takes the place of another', async () => {
    const { hmi } = await bench().service({ generation: 4 });
    const records = await hmi.query(SERIES, HALF_HOUR).toArray();
    const files = await hmi
      .download(records, bench().folder, { segments: ['magnetogram'], fileName: 'server', concurrency: 1 })
      .toArray();
    expect(files.map(({ status }) => status)).toEqual(records.map(() => 'downloaded'));
    const names = await bench().files();
    expect(names).toHaveLength(records.length);
    expect(names).toContain('magnetogram.fits');
  });

  it('pitfall 4: every trap of the simulated service ends up as a file within the folder', async () => {
    const { hmi } = await bench().service({ contentDisposition: 'evil' });
    const records = await hmi
      .query(SERIES, { start: '2015-12-11', end: '2015-12-12', segments: ['magnetogram'] })
      .toArray();
    const inner = join(bench().folder, 'inner');
    const files = await hmi.download(records.slice(0, 60), inner, { fileName: 'server' }).toArray();
    expect(files).toHaveLength(60);
    expect(new Set(files.map((file) => dirname(file.path)))).toEqual(new Set([inner]));
    expect(new Set(files.map((file) => file.path)).size).toBe(60);
    expect(await bench().files()).toEqual(['inner']);
  });

  it('a function names files; two files of one name are refused', async () => {
    const { hmi } = await bench().service();
    const records = await hmi.query(SERIES, { ...HALF_HOUR, harpnum: 6178 }).toArray();
    const fileName = (file: { segment?: string; record: { recnum?: number } }): string =>
      `../${file.record.recnum ?? ''}-${file.segment ?? ''}.fits`;
    await hmi.download(records, bench().folder, { segments: ['bitmap'], fileName }).toArray();
    expect(await bench().files()).toEqual(records.map((one) => `${one.recnum ?? ''}-bitmap.fits`).sort());
    const error = await rejection(
      hmi.download(records, bench().folder, { segments: ['bitmap'], fileName: () => 'x.fits' }).toArray(),
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(String(error)).toContain('hmi.download: fileName');
    expect(await rejection(hmi.download(records, bench().folder, { fileName: () => '' }).toArray())).toBeInstanceOf(
      TypeError,
    );
  });

  it('downloadFile names by link, by server or by function', async () => {
    const { hmi, url } = await bench().service({ contentDisposition: 'star' });
    const [record] = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['bitmap'] }).toArray();
    const link = record?.files[0]?.url ?? url;
    const recnum = record?.recnum ?? 0;
    expect(await hmi.downloadFile(link, bench().folder)).toMatchObject({
      status: 'downloaded',
      source: link,
      bytes: 5760,
    });
    expect(await hmi.downloadFile(new URL(link), bench().folder)).toMatchObject({ status: 'skipped' });
    await hmi.downloadFile(link, bench().folder, { fileName: 'server' });
    await hmi.downloadFile(link, bench().folder, { fileName: () => 'mine.fits' });
    expect(await bench().files()).toEqual(
      [`hmi.sharp_720s.${recnum}.bitmap.fits`, 'mine.fits', '☉ bitmap.fits'].sort(),
    );
    expect(await rejection(hmi.downloadFile('', bench().folder))).toBeInstanceOf(TypeError);
  });

  it('overwrite: replace fetches anew, unique adds a number, error refuses before any request', async () => {
    const { hmi, sim, url } = await bench().service();
    const [record] = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['bitmap'] }).toArray();
    const link = record?.files[0]?.url ?? url;
    const { path } = await hmi.downloadFile(link, bench().folder);
    expect(await hmi.downloadFile(link, bench().folder, { overwrite: 'replace' })).toMatchObject({
      status: 'downloaded',
      path,
    });
    expect((await hmi.downloadFile(link, bench().folder, { overwrite: 'unique' })).path).not.toBe(path);
    sim.requests.length = 0;
    expect(await rejection(hmi.downloadFile(link, bench().folder, { overwrite: 'error' }))).toBeInstanceOf(
      TransferError,
    );
    expect(sim.requests).toEqual([]);
  });
});

describe('open', () => {
  it('checklist 13: gives a stream and a name, for programs without a disk', async () => {
    const { hmi, url } = await bench().service();
    const [record] = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['bitmap'] }).toArray();
    const [file] = record?.files ?? [];
    if (file === undefined) throw new Error('no file');
    const opened = await hmi.open(file);
    expect(opened.name).toMatch(/^hmi\.sharp_720s\.\d+\.20151211_\d{6}\.\d+\.bitmap\.fits$/u);
    let bytes = 0;
    for await (const chunk of opened.stream) bytes += chunk.byteLength;
    expect(bytes).toBe(5760);
    const again = await hmi.open(file.url);
    expect(again.name).toBe(`hmi.sharp_720s.${record?.recnum ?? ''}.bitmap.fits`);
    await again.stream.cancel();
    expect(isSdcError(await rejection(hmi.open(`${url}elsewhere`)), 'unexpected-response')).toBe(true);
  });

  it('a page is not handed over as an image', async () => {
    const { hmi, sim } = await bench().service();
    const [record] = await hmi.query(SERIES, { ...HALF_HOUR, segments: ['bitmap'] }).toArray();
    sim.faults.add({ route: '/HMI/*/bitmap.fits', fault: { kind: 'html' } });
    expect(await rejection(hmi.open(record?.files[0]?.url ?? ''))).toBeInstanceOf(TransferError);
  });
});
