import { createHash } from 'node:crypto';
import { readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SCC } from '../../../src/scc/index.js';
import type { SimApiRecords } from '../../../src/testing/scc/api/record.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { asked, quick, scene } from './harness.js';

const id = '20210601aky0930';
const raw = exampleFile('20210601aky0930.nc');
const soundingFile = exampleFile('rs_20210601aky09.nc');
const done = { data: { replace: true, measurements: [{ id }] } } as const;
const DAY = 86_400_000;

/** The digests of the archives in a folder, by name. */
async function archives(at: string): Promise<Record<string, string>> {
  const names = (await readdir(at)).filter((name) => name.endsWith('.zip')).sort();
  const digests = names.map(async (name) => [name, sha256(await readFile(join(at, name)))] as const);
  return Object.fromEntries(await Promise.all(digests));
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** All archives of the measurement as the site has them now. */
async function onSite(scc: SCC): Promise<Record<string, string>> {
  const at = tempDir();
  await scc.downloadProducts(id, at).toArray();
  return archives(at);
}

describe('products that are there already', () => {
  it('are those of the new run after a restart, whoever asked for it', async () => {
    const { scc } = scene(done);
    const at = tempDir();
    await scc.downloadProducts(id, at).toArray();
    const before = await archives(at);
    await scc.rerunProcessing(id);
    await scc.waitForProcessing(id, quick);
    const files = await scc.downloadProducts(id, at).toArray();
    const after = await archives(at);
    // The plots of the simulated runs are the same picture.
    for (const { source, status } of files)
      expect([source, status]).toEqual([source, source === 'plots' ? 'skipped' : 'updated']);
    for (const name of Object.keys(after)) expect(after[name] === before[name]).toBe(name.startsWith('plots'));
    expect(after).toEqual(await onSite(scc));
  });

  it('are kept as they are where the site has the same', async () => {
    const { scc } = scene(done);
    const at = tempDir();
    const [first] = await scc.downloadProducts(id, at, { products: ['elpp'] }).toArray();
    const [second] = await scc.downloadProducts(id, at, { products: ['elpp'] }).toArray();
    expect(first?.status).toBe('downloaded');
    expect(second).toMatchObject({ status: 'skipped', path: first?.path, bytes: first?.bytes });
  });

  const fast = { ...done, clock: { perRequestMs: 20_000 } } as const;

  it.each([undefined, 'update', 'skip', 'replace'] as const)(
    'are replaced by a forced upload, whatever was asked for: %s',
    async (overwrite) => {
      const { scc } = scene(fast);
      const at = tempDir();
      const options = { ...quick, force: true, soundingFile, ...(overwrite && { overwrite }) };
      await scc.processFile(raw, 437, at, options);
      for (const name of Object.keys(await archives(at))) await writeFile(join(at, name), 'of before');
      const { files } = await scc.processFile(raw, 437, at, options);
      expect(files.map(({ status }) => status)).not.toContain('skipped');
      expect(await archives(at)).toEqual(await onSite(scc));
    },
  );

  it('make a forced upload fail where they must not be overwritten', async () => {
    const { scc } = scene(fast);
    const at = tempDir();
    await scc.downloadProducts(id, at).toArray();
    const never = { ...quick, force: true, soundingFile, overwrite: 'error' } as const;
    await expect(scc.processFile(raw, 437, at, never)).rejects.toMatchObject({ code: 'transfer' });
  });

  it('and were changed by the client itself are not skipped afterwards', async () => {
    const { scc } = scene(done);
    const at = tempDir();
    await scc.downloadProducts(id, at).toArray();
    await scc.rerunProcessing(id, { from: 'optical' });
    await scc.waitForProcessing(id, quick);
    const files = await scc.downloadProducts(id, at, { products: ['optical'], overwrite: 'skip' }).toArray();
    expect(files).toMatchObject([{ status: 'updated' }]);
  });

  it('stay whole where the new ones cannot be had', async () => {
    const { sim, scc } = scene(done, { retries: 0 });
    const at = tempDir();
    await scc.downloadProducts(id, at, { products: ['elpp'] }).toArray();
    const before = await archives(at);
    await scc.rerunProcessing(id);
    for (const mode of ['truncated', 'corrupt', 'html'] as const) {
      sim.setDownload('*', mode);
      await expect(scc.downloadProducts(id, at, { products: ['elpp'] }).toArray()).rejects.toThrow();
      expect(await archives(at)).toEqual(before);
    }
  });

  it('are the file of any address, too', async () => {
    const { scc } = scene(done);
    const path = join(tempDir(), 'elpp.zip');
    const url = `data_processing/measurements/${id}/download-preprocessed/`;
    await scc.downloadFile(url, path);
    expect((await scc.downloadFile(url, path)).status).toBe('skipped');
    await writeFile(path, 'of before');
    expect((await scc.downloadFile(url, path)).status).toBe('updated');
  });
});

describe('whether a file is newer than the last change', () => {
  const changed = Date.parse('2021-06-02T10:00:00Z');
  const fetched = async (updated: unknown, mtime: number, more: SimApiRecords['fields'] = {}): Promise<boolean> => {
    const apiRecords = { fields: { updated_date: updated, ...more } };
    const { sim, scc } = scene({ ...done, apiRecords });
    const at = tempDir();
    const [file] = await scc.downloadProducts(id, at, { products: ['elpp'] }).toArray();
    await utimes(file!.path, new Date(mtime), new Date(mtime));
    sim.requests.length = 0;
    await scc.downloadProducts(id, at, { products: ['elpp'] }).toArray();
    return asked(sim, /download-/u).length > 0;
  };

  it.each<[string, unknown, number, boolean]>([
    ['a day newer, with a zone', '2021-06-02T10:00:00Z', changed + DAY, false],
    ['a day newer, in another zone', '2021-06-02T12:00:00+02:00', changed + DAY, false],
    ['a day older', '2021-06-02T10:00:00Z', changed - DAY, true],
    ['of the same minute', '2021-06-02T10:00Z', changed + 30_000, true],
    ['seconds newer, where clocks may differ', '2021-06-02T10:00:00Z', changed + 5_000, true],
    ['a day newer, but the zone is not known', '2021-06-02T10:00:00', changed + DAY, true],
    ['a day newer, but the date is not', null, changed + DAY, true],
    ['of tomorrow', '2021-06-02T10:00:00Z', Date.now() + DAY, true],
  ])('%s', async (_what, updated, mtime, expected) => {
    expect(await fetched(updated, mtime)).toBe(expected);
  });

  it('tells nothing while the measurement is processed', async () => {
    expect(await fetched('2021-06-02T10:00:00Z', changed + DAY, { is_being_processed: true })).toBe(true);
    expect(await fetched('2021-06-02T10:00:00Z', changed + DAY, { is_queued: true })).toBe(true);
  });
});

describe('a folder of an unpacked archive', () => {
  it('holds the files of one processing, and those of the user', async () => {
    const { sim, scc } = scene({ data: { replace: true, measurements: [{ id, stop: '2021-06-01T10:00' }] } });
    const at = tempDir();
    const get = (): Promise<unknown> => scc.downloadProducts(id, at, { products: ['elpp'], extract: true }).toArray();
    await get();
    const place = join(at, id, 'elpp');
    const before = await readdir(place);
    await writeFile(join(place, 'notes.txt'), 'mine');
    sim.addMeasurement({ id, stop: '2021-06-01T11:00' });
    await get();
    const after = sim.productFiles(id, 'preprocessed').map(({ name }) => name.split('/').at(-1));
    expect((await readdir(place)).sort()).toEqual([...after, 'notes.txt'].sort());
    expect(after).not.toEqual(before);
    await rm(join(at, `preprocessed_${id}.zip`));
    sim.addMeasurement({ id, stop: '2021-06-01T12:00' });
    await get();
    expect(await readdir(place)).toHaveLength(after.length + 1);
  });
});

describe('products by default', () => {
  it.each([
    ['elquick', '404'],
    ['plots', 'html'],
    ['optical', '404'],
  ] as const)(
    'are those that the site offers: %s, which answers %s, is left out with a warning',
    async (name, mode) => {
      const warnings: string[] = [];
      const logger = { warn: (text: string) => void warnings.push(text) };
      const { scc } = scene({ ...done, downloads: { [`*/${name}`]: mode } }, { logger });
      const files = await scc.downloadProducts(id, tempDir()).toArray();
      expect(files.map(({ source }) => source)).not.toContain(name);
      expect(files.length).toBeGreaterThan(4);
      expect(warnings.join('\n')).toMatch(new RegExp(`${name}.*${id}`, 'u'));
      const told = await scc.downloadProducts(id, tempDir(), { onFailure: 'yield' }).toArray();
      expect(told.map(({ status }) => status)).not.toContain('failed');
      const { files: processed } = await scc.processFile(raw, 437, tempDir(), {
        ...quick,
        force: true,
        soundingFile,
      });
      expect(processed.map(({ source }) => source)).not.toContain(name);
      await expect(scc.downloadProducts(id, tempDir(), { products: [name] }).toArray()).rejects.toMatchObject({
        name: 'ProductNotAvailable',
      });
      await expect(scc.openProduct(id, name)).rejects.toMatchObject({ name: 'ProductNotAvailable' });
    },
  );

  it('fail where none of them is there: a site under maintenance answers everything with a page', async () => {
    const { scc } = scene({ ...done, downloads: { '*': 'html' } });
    await expect(scc.downloadProducts(id, tempDir()).toArray()).rejects.toMatchObject({
      name: 'ProductNotAvailable',
    });
    const told = await scc.downloadProducts(id, tempDir(), { onFailure: 'yield' }).toArray();
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set(['failed']));
    const only = { upload: 127, hirelpp: 0, cloudmask: 0, elpp: 0, elda: 0, elic: 0, elquick: 127 };
    const one = scene({ data: { replace: true, measurements: [{ id, statuses: only }] }, downloads: { '*': '404' } });
    expect(await one.scc.downloadProducts(id, tempDir()).toArray()).toEqual([]);
  });

  it('fail as they did where the site breaks down', async () => {
    const { sim, scc } = scene(done, { retries: 0 });
    sim.faults.add({ route: 'GET */download-elic/', times: Infinity, fault: { kind: 'status', status: 500 } });
    await expect(scc.downloadProducts(id, tempDir()).toArray()).rejects.toMatchObject({ status: 500 });
  });
});

describe('a product of a newer chain', () => {
  const newer = { ...done, newerProducts: ['elda-mwl', 'xyz'] } as const;

  it.each(['eldamwl', 'elda_mwl', 'xyz'])('is found by the links of the measurement’s page: %s', async (product) => {
    const { sim, scc } = scene(newer);
    const at = tempDir();
    const [file] = await scc.downloadProducts(id, at, { products: [product], extract: true }).toArray();
    expect(file).toMatchObject({ status: 'downloaded', source: product, path: join(at, `${product}_${id}.zip`) });
    expect(await readdir(join(at, id, product))).toHaveLength(1);
    expect(asked(sim, /rerun/u)).toEqual([]);
    const { stream, name } = await scc.openProduct(id, product);
    await stream.cancel();
    expect(name).toBe(`${product}_${id}.zip`);
  });

  it('that no page links is ProductNotAvailable, in words that name those it links', async () => {
    const { scc } = scene(newer);
    await expect(scc.downloadProducts(id, tempDir(), { products: ['eldanext'] }).toArray()).rejects.toMatchObject({
      name: 'ProductNotAvailable',
      message: expect.stringMatching(/eldanext.*elda-mwl/u),
    });
    await expect(scc.openProduct('20200101xyz0000', 'eldanext')).rejects.toMatchObject({ name: 'MeasurementNotFound' });
  });

  it('is not taken by default', async () => {
    const { scc } = scene(newer);
    const files = await scc.downloadProducts(id, tempDir()).toArray();
    expect(files.map(({ source }) => source)).not.toContain('xyz');
  });
});
