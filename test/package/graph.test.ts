import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { ROOMS } from '../../scripts/arrows.mjs';
import { builtModules, cycles, objections, reached, type Module } from '../support/modules.js';

let modules: Map<string, Module>;
/** Libraries that are small enough to be loaded at the start. */
const small = ['content-disposition', 'filenamify', 'form-data-encoder'];

/**
 * The modules file by file stay in the repository; what ships is made of the same sources. Which part may import which is
 * tested on the sources, in test/unit/house.
 */
beforeAll(() => {
  modules = builtModules(inject('modules'));
});

test('the graph is read at all', () => {
  expect(modules.size).toBeGreaterThan(100);
  expect(reached(modules, 'index.js', false)).toContain('scc/client.js');
  expect(reached(modules, 'index.js', true)).toContain('ky');
});

test('there are no cycles', () => {
  expect(cycles(modules)).toEqual([]);
});

test('no module awaits at its top, so that require() works', () => {
  expect([...modules.values()].filter(({ awaitsAtTop }) => awaitsAtTop).map(({ name }) => name)).toEqual([]);
});

test.each(['imap', 'hmi'])('%s loads neither the cookie jar nor the HTML parser, not even on demand', (room) => {
  const loaded = [...reached(modules, `${room}/index.js`, true)];
  const unwanted = /^core\/(?:session\/(?:jar|session)|html\/)|^(?:tough-cookie|fetch-cookie|node-html-parser)$/u;
  expect(loaded.filter((name) => unwanted.test(name))).toEqual([]);
});

test('files are read without any client, and no client reads files', () => {
  const ofClients = /^(?:scc|imap|hmi|scops|core\/(?!util\/|files\/))|^(?:ky|tough-cookie|fetch-cookie)$/u;
  expect([...reached(modules, 'read/index.js', true)].filter((name) => ofClients.test(name))).toEqual([]);
  expect([...reached(modules, 'index.js', true)].filter((name) => name.startsWith('read/'))).toEqual([]);
});

test('libraries are loaded at first use: importing the package loads none but the smallest', () => {
  const loaded = [...reached(modules, 'index.js', false)].filter(
    (name) => !name.endsWith('.js') && !name.startsWith('node:'),
  );
  const late = [
    'ky',
    'zod',
    'tough-cookie',
    'fetch-cookie',
    'node-html-parser',
    'p-retry',
    'yauzl',
    'yaml',
    'netcdfjs',
  ];
  expect(loaded.filter((name) => late.includes(name) || name.startsWith('#'))).toEqual([]);
  expect(loaded.length).toBeLessThanOrEqual(5);
});

test('the command line is one file that nothing imports; it loads clients, simulators and libraries at first use', () => {
  expect([...modules.keys()].filter((name) => name.startsWith('cli/'))).toEqual(['cli/sdc.js']);
  expect(objections(modules, (_from, to) => to.startsWith('cli/'))).toEqual([]);
  const early = [...reached(modules, 'cli/sdc.js', false)];
  expect(early.filter((name) => name !== 'cli/sdc.js' && !isBuiltin(name))).toEqual([]);
  const late = [...reached(modules, 'cli/sdc.js', true)];
  expect(late).toEqual(expect.arrayContaining(['bundle/scc/index.js', 'bundle/testing/index.js']));
});

describe('what ships', () => {
  let shipped: Map<string, Module>;
  const dependencies = (): string[] => {
    const manifest = readFileSync(join(inject('consumer'), 'node_modules/@lab/sdc/package.json'), 'utf8');
    return Object.keys((JSON.parse(manifest) as { dependencies: Record<string, string> }).dependencies);
  };
  beforeAll(() => {
    shipped = builtModules(join(inject('consumer'), 'node_modules/@lab/sdc/dist'));
  });

  test('is the bundle and the command line alone', () => {
    expect([...new Set([...shipped.keys()].map((name) => name.split('/')[0]))].sort()).toEqual(['bundle', 'cli']);
  });

  test('asks for nothing but its dependencies, and what is vendored', () => {
    const asked = [...shipped.values()].flatMap(({ statically, onDemand }) => [...statically, ...onDemand]);
    const foreign = new Set(asked.filter((name) => !name.endsWith('.js') && !isBuiltin(name)));
    expect([...foreign].sort()).toEqual(
      [...dependencies(), 'hyparquet-writer', 'sharp', 'vega', '#h5wasm', '#hdf5', '#sqljs'].sort(),
    );
  });

  test('no file awaits at its top, and there are no cycles', () => {
    expect([...shipped.values()].filter(({ awaitsAtTop }) => awaitsAtTop).map(({ name }) => name)).toEqual([]);
    expect(cycles(shipped)).toEqual([]);
  });

  test.each(['', ...ROOMS.map((room) => `${room}/`)])('%sindex.js loads few files and no late library', (folder) => {
    const early = [...reached(shipped, `bundle/${folder}index.js`, false)];
    const libraries = early.filter((name) => !name.endsWith('.js') && !isBuiltin(name));
    expect(libraries.filter((name) => !small.includes(name))).toEqual([]);
    expect(early.filter((name) => name.endsWith('.js') && /zod|testing/u.test(name))).toEqual([]);
    expect(early.filter((name) => name.endsWith('.js')).length).toBeLessThanOrEqual(20);
  });
});
