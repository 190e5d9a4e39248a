import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { asked, scene } from './harness.js';

const id = '20210630aky0900';
const done = { upload: 127, hirelpp: 127, cloudmask: 127, elpp: 127, elda: 127, elic: 127, elquick: 127 };
const finished = { data: { replace: true, measurements: [{ id, statuses: done }] } } as const;

describe('products', () => {
  it('are all that the measurement has finished, checked, under their names', async () => {
    const { scc } = scene(finished);
    const at = tempDir();
    const files = await scc.downloadProducts(id, at).toArray();
    expect((await readdir(at)).sort()).toEqual(
      ['cloudmask', 'elic', 'elquick', 'hirelpp', 'optical', 'plots', 'preprocessed'].map(
        (name) => `${name}_${id}.zip`,
      ),
    );
    for (const { status, path, bytes, sha256 } of files) {
      const body = await readFile(path);
      expect(status).toBe('downloaded');
      expect(bytes).toBe(body.byteLength);
      expect(sha256).toBe(createHash('sha256').update(body).digest('hex'));
    }
  });

  it('that are there are skipped without asking for them, where that is wanted', async () => {
    const { sim, scc } = scene(finished);
    const at = tempDir();
    await writeFile(join(at, `preprocessed_${id}.zip`), 'mine');
    const [file] = await scc.downloadProducts(id, at, { products: ['elpp'], overwrite: 'skip' }).toArray();
    expect(file).toMatchObject({ status: 'skipped', bytes: 4 });
    expect(sim.requests).toEqual([]);
  });

  it('of a calibration are gated on ELDEC 127, not 0 (pitfall 15)', async () => {
    for (const [eldec, expected] of [
      [127, ['elpp', 'optical']],
      [0, ['elpp']],
    ] as const) {
      const { scc } = scene({
        data: {
          replace: true,
          measurements: [{ id, isCalibration: true, statuses: { upload: 127, elpp: 127, eldec } }],
        },
      });
      const files = await scc.downloadProducts(id, tempDir()).toArray();
      expect(files.map(({ source }) => source).sort()).toEqual(expected);
    }
  });

  it('unpack below the folder of their measurement, without its own folder again (pitfall 14)', async () => {
    const { sim, scc } = scene(finished);
    const at = tempDir();
    const [file] = await scc.downloadProducts(id, at, { products: ['elpp'], extract: true }).toArray();
    const expected = sim
      .productFiles(id, 'preprocessed')
      .map(({ name }) => join(at, id, 'elpp', name.split('/').at(-1)!));
    expect(file?.extracted?.slice().sort()).toEqual(expected.sort());
    for (const path of file?.extracted ?? []) expect((await stat(path)).isFile()).toBe(true);
  });

  it('named but not there are ProductNotAvailable, told from an unknown measurement (pitfalls 10 and 17)', async () => {
    for (const missingProduct of ['404', 'html', 'redirect'] as const) {
      const { scc } = scene({
        missingProduct,
        data: { replace: true, measurements: [{ id, statuses: { upload: 127, elpp: -127 } }] },
      });
      const at = tempDir();
      const error: unknown = await rejection(scc.downloadProducts(id, at, { products: ['elpp'] }).toArray());
      expect(error).toMatchObject({
        name: 'ProductNotAvailable',
        code: 'not-available',
        message: expect.stringContaining('elpp is error'),
      });
      expect(await readdir(at)).toEqual([]);
    }
    const { scc } = scene(finished);
    await expect(
      scc.downloadProducts('20200101xyz0000', tempDir(), { products: ['elpp'] }).toArray(),
    ).rejects.toMatchObject({ name: 'MeasurementNotFound' });
    await expect(scc.downloadProducts('20200101xyz0000', tempDir()).toArray()).rejects.toMatchObject({
      name: 'MeasurementNotFound',
    });
  });

  it.each([
    ['in a circle', { kind: 'redirect-loop' }, /more than 5 redirects/u],
    ['to no address', { kind: 'redirect', location: 'http://[' }, /redirect|Location/iu],
  ] as const)(
    'behind a redirect %s are UnexpectedResponse, not a product that is not there',
    async (_how, fault, words) => {
      const { sim, scc } = scene(finished, { retries: 0 });
      sim.faults.add({ route: 'GET */download-preprocessed/', times: Infinity, fault });
      const expected = { name: 'UnexpectedResponse', message: expect.stringMatching(words) };
      const at = tempDir();
      await expect(scc.downloadProducts(id, at, { products: ['elpp'] }).toArray()).rejects.toMatchObject(expected);
      await expect(scc.openProduct(id, 'elpp')).rejects.toMatchObject(expected);
    },
  );

  it('that have files although their status says failed are fetched when named (9)', async () => {
    const { scc } = scene({
      data: {
        replace: true,
        measurements: [{ id, statuses: { upload: 127, elpp: -127 }, filesDespite: ['preprocessed'] }],
      },
    });
    const files = await scc.downloadProducts(id, tempDir(), { products: ['elpp'] }).toArray();
    expect(files).toMatchObject([{ status: 'downloaded', source: 'elpp' }]);
  });

  it.each(['html', 'truncated', 'corrupt', '404', 'login'] as const)(
    'never become a file from an answer of the kind %s (pitfalls 10 and 12)',
    async (mode) => {
      const { scc } = scene({ ...finished, downloads: { [`${id}/preprocessed`]: mode } }, { retries: 0 });
      const at = tempDir();
      await writeFile(join(at, `preprocessed_${id}.zip`), 'a good file');
      const [file] = await scc
        .downloadProducts(id, at, { products: ['elpp'], overwrite: 'replace', onFailure: 'yield' })
        .toArray();
      expect(file).toMatchObject({
        status: 'failed',
        source: 'elpp',
        error: { name: expect.stringMatching(/ProductNotAvailable|TransferError|SessionExpired|NetworkError/u) },
      });
      expect(await readFile(join(at, `preprocessed_${id}.zip`), 'utf8')).toBe('a good file');
    },
  );

  it('that are compressed for transport are stored decoded (pitfall 11); an empty archive is one', async () => {
    for (const mode of ['gzip', 'empty', 'no-length'] as const) {
      const { scc } = scene({ ...finished, downloads: { '*': mode } });
      const [file] = await scc.downloadProducts(id, tempDir(), { products: ['elpp'] }).toArray();
      const body = await readFile(file!.path);
      expect(body.subarray(0, 2).toString()).toBe('PK');
      expect(file!.bytes).toBe(body.byteLength);
    }
  });

  it('are told one by one, failures among them, when asked (pitfall 13)', async () => {
    const { scc } = scene({ ...finished, downloads: { [`${id}/elic`]: 'corrupt' } }, { retries: 0 });
    const results = await scc.downloadProducts(id, tempDir(), { onFailure: 'yield', concurrency: 2 }).toArray();
    expect(results.filter(({ status }) => status === 'failed').map(({ source }) => source)).toEqual(['elic']);
    expect(results).toHaveLength(7);
  });

  it('survive a lost session in the middle of a batch', async () => {
    const { sim, scc } = scene({ ...finished, sessionExpiresAfter: 4 });
    const files = await scc.downloadProducts(id, tempDir(), { concurrency: 1 }).toArray();
    expect(files).toHaveLength(7);
    expect(asked(sim, /^POST .*login/u).length).toBeGreaterThan(1);
  });

  it('of the kind raw become the netCDF file, whether they come bare or in an archive', async () => {
    for (const mode of ['zip', 'bare'] as const) {
      const { scc } = scene({ ...finished, downloads: { [`${id}/raw`]: mode } });
      const at = tempDir();
      const [file] = await scc.downloadProducts(id, at, { products: ['raw'] }).toArray();
      const body = await readFile(join(at, `${id}.nc`));
      expect(body.subarray(0, 3).toString()).toMatch(/CDF|\x89HD/u);
      expect(file).toMatchObject({ bytes: body.byteLength, sha256: createHash('sha256').update(body).digest('hex') });
      expect(await readdir(at)).toEqual([`${id}.nc`]);
    }
  });

  it.each([
    [{ concurrency: 0 }, 'concurrency'],
    [{ concurrency: 1.5 }, 'concurrency'],
    [{ overwrite: 'perhaps' }, 'overwrite'],
    [{ onFailure: 'ignore' }, 'onFailure'],
    [{ idleTimeoutMs: 0 }, 'idleTimeoutMs'],
  ])('with the option %j are refused in the words of the call', (options, name) => {
    const { sim, scc } = scene(finished);
    expect(() => scc.downloadProducts(id, '.', options as object)).toThrow(`scc.downloadProducts: ${name}`);
    expect(sim.requests).toEqual([]);
  });

  it('of an unknown kind, or none, are refused before any request', () => {
    const { sim, scc } = scene(finished);
    expect(() => scc.downloadProducts(id, '.', { products: [] })).toThrow(TypeError);
    expect(() => scc.downloadProducts(id, '.', { products: ['../raw'] })).toThrow(/such as raw, hirelpp/u);
    expect(() => scc.downloadProducts(id, '.', { products: ['optcal'] })).toThrow(/did you mean optical/u);
    expect(() => scc.downloadProducts(id, '.', { products: ['ELPP'] })).toThrow(/did you mean elpp/u);
    expect(() => scc.downloadProducts(id, '.', { products: ['elp'] })).toThrow(/did you mean elpp/u);
    expect(sim.requests).toEqual([]);
  });
});

describe('a stream', () => {
  it('gives a product without a disk', async () => {
    const { sim, scc } = scene(finished);
    const opened = await scc.openProduct(id, 'elpp');
    expect(opened).toMatchObject({ name: `preprocessed_${id}.zip`, contentType: expect.any(String) });
    const body = new Uint8Array(await new Response(opened.stream).arrayBuffer());
    expect([...body.subarray(0, 2)]).toEqual([0x50, 0x4b]);
    expect(sim.requests.at(-1)?.path).toContain('download-preprocessed');
    await expect(scc.openProduct('20200101xyz0000', 'elpp')).rejects.toMatchObject({ name: 'MeasurementNotFound' });
  });
});

describe('any file of the site', () => {
  it('goes to the path that the user chose; other hosts are refused before any request', async () => {
    const { sim, scc } = scene(finished);
    const path = join(tempDir(), 'deep', 'my file.zip');
    expect(await scc.downloadFile(`data_processing/measurements/${id}/download-elic/`, path)).toMatchObject({
      status: 'downloaded',
      path,
    });
    const before = sim.requests.length;
    await expect(scc.downloadFile('https://other.test/x', path)).rejects.toThrow(TypeError);
    expect(sim.requests.length).toBe(before);
  });
});

describe('a raw archive without a measurement in it', () => {
  it('is an error, and the good file of an earlier run stays', async () => {
    const { scc } = scene({ ...finished, downloads: { [`${id}/raw`]: 'empty' } }, { retries: 0 });
    const at = tempDir();
    await writeFile(join(at, `${id}.nc`), 'a good file');
    const raw = scc.downloadProducts(id, at, { products: ['raw'], overwrite: 'replace' }).toArray();
    await expect(raw).rejects.toMatchObject({
      name: 'TransferError',
      message: expect.stringContaining('none of the requested files'),
    });
    expect(await readFile(join(at, `${id}.nc`), 'utf8')).toBe('a good file');
    expect(await readdir(at)).toEqual([`${id}.nc`]);
  });
});
