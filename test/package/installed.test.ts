import { execFile } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOMS } from '../../scripts/arrows.mjs';
import { isFull } from '../support/full.js';

const run = promisify(execFile);
let consumer: string;
let installed: string;
let manifest: { name: string; version: string; main: string; types: string; exports: Record<string, unknown> };

beforeAll(() => {
  consumer = inject('consumer');
  installed = join(consumer, 'node_modules/@lab/sdc');
  manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
});

/** Runs a program in the folder where nothing but the tarball was installed. */
async function node(extension: 'mjs' | 'cjs', program: string): Promise<string> {
  const file = join(consumer, `program-${Math.random().toString(36).slice(2)}.${extension}`);
  await writeFile(file, program);
  const { stdout, stderr } = await run(process.execPath, [file], { cwd: consumer });
  expect(stderr.replaceAll(/.*ExperimentalWarning.*\n.*\n/gu, '')).toBe('');
  return stdout.trim();
}

const rooms = ROOMS.map((room) => `/${room}`);
const subpaths = ['', ...rooms, '/read', '/testing'];

describe(isFull ? 'installed from its tarball into an empty folder' : 'as it is bundled', () => {
  test.each(subpaths)('@lab/sdc%s is imported and required alike, and is one copy', async (subpath) => {
    const program = `
      import { createRequire } from 'node:module';
      const name = '@lab/sdc${subpath}';
      const imported = await import(name);
      const required = createRequire(import.meta.url)(name);
      const names = Object.keys(imported).sort();
      console.log(JSON.stringify({
        names,
        different: names.filter((key) => imported[key] !== required[key]),
      }));`;
    const { names, different } = JSON.parse(await node('mjs', program)) as Record<string, string[]>;
    expect(names?.length).toBeGreaterThan(0);
    expect(different).toEqual([]);
  });

  test.each(rooms)('all that @lab/sdc%s offers is offered by the front door', async (subpath) => {
    const program = `
      const all = Object.keys(await import('@lab/sdc'));
      console.log(JSON.stringify(Object.keys(await import('@lab/sdc${subpath}')).filter((name) => !all.includes(name))));`;
    expect(JSON.parse(await node('mjs', program))).toEqual([]);
  });

  test('CommonJS programs can require it', async () => {
    const program = `
      const { SCC, SdcError } = require('@lab/sdc');
      const { simulateScc } = require('@lab/sdc/testing');
      const sim = simulateScc();
      const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch });
      scc.getMeasurement('19990101xxx00').catch((error) => console.log(error instanceof SdcError, error.code)).then(() => scc.close());`;
    expect(await node('cjs', program)).toBe('true not-found');
  });

  test('./package.json can be read, and its version is the one the code knows', async () => {
    const program = `
      const { VERSION } = require('@lab/sdc');
      console.log(VERSION, require('@lab/sdc/package.json').version);`;
    expect(await node('cjs', program)).toBe(`${manifest.version} ${manifest.version}`);
  });

  test('internals cannot be imported', async () => {
    const program = `await import('@lab/sdc/dist/core/http/transport.js').catch((error) => console.log(error.code));`;
    expect(await node('mjs', program)).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  test.skipIf(!isFull)('old resolvers find main, types and the subpaths of typesVersions', () => {
    expect(lstatSync(join(installed, manifest.main)).isFile()).toBe(true);
    expect(lstatSync(join(installed, manifest.types)).isFile()).toBe(true);
    const { typesVersions } = manifest as unknown as { typesVersions: Record<string, Record<string, string[]>> };
    const paths = Object.values(typesVersions['*'] ?? {}).flat();
    expect(paths).toHaveLength(subpaths.length - 1);
    for (const path of paths) expect(lstatSync(join(installed, path)).isFile()).toBe(true);
  });

  test("two copies of the package know each other's errors", async () => {
    const program = `
      const { cpSync } = require('node:fs');
      cpSync('node_modules/@lab/sdc/dist', 'copy/dist', { recursive: true });
      cpSync('node_modules/@lab/sdc/package.json', 'copy/package.json');
      const a = require('@lab/sdc');
      const b = require('./copy/dist/bundle/index.js');
      const error = new b.MeasurementNotFound('gone', { centre: 'scc', operation: 'scc.x', measurementId: 'id' });
      console.log(a === b, error instanceof a.MeasurementNotFound, error instanceof a.SdcError, error instanceof a.RateLimited, a.isSdcError(error, 'not-found'));`;
    expect(await node('cjs', program)).toBe('false true true false true');
  });

  test('importing it starts nothing: a program that only imports ends by itself and prints nothing', async () => {
    expect(await node('mjs', `await import('@lab/sdc');`)).toBe('');
  });

  test.skipIf(!isFull)('the production install is at most 15 MB', () => {
    const sizes = readdirSync(join(consumer, 'node_modules'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => lstatSync(join(entry.parentPath, entry.name)).size);
    const megabytes = sizes.reduce((sum, size) => sum + size, 0) / 1e6;
    expect(megabytes).toBeLessThanOrEqual(15);
  });
});
