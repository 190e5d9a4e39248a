import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, inject, test } from 'vitest';
import { ROOMS } from '../../scripts/arrows.mjs';
import ts from 'typescript';

/** All that the declarations of an entry point refer to: our own files relative to dist/types, and others' names. */
function declared(entry: string): Set<string> {
  const dist = join(inject('consumer'), 'node_modules/@lab/sdc/dist/types');
  const seen = new Set([entry]);
  for (const name of seen) {
    if (!name.endsWith('.d.ts')) continue;
    const { importedFiles, typeReferenceDirectives, libReferenceDirectives } = ts.preProcessFile(
      readFileSync(join(dist, name), 'utf8'),
    );
    for (const { fileName } of importedFiles) {
      const own = fileName.startsWith('.');
      seen.add(own ? posix.join(posix.dirname(name), fileName).replace(/\.js$/u, '.d.ts') : fileName);
    }
    for (const { fileName } of typeReferenceDirectives) seen.add(`types:${fileName}`);
    for (const { fileName } of libReferenceDirectives) seen.add(`lib:${fileName}`);
  }
  return seen;
}

const entries = ['index.d.ts', ...[...ROOMS, 'read'].map((folder) => `${folder}/index.d.ts`)];

test.each(entries)('the declarations of %s need nobody else’s types', (entry) => {
  const foreign = [...declared(entry)].filter((name) => !name.endsWith('.d.ts'));
  expect(foreign).toEqual([]);
});

test('the simulators refer to msw only, which may be absent', () => {
  expect([...declared('testing/index.d.ts')].filter((name) => !name.endsWith('.d.ts'))).toEqual(['msw']);
});

test('the declarations of the front door reach no internals of core', () => {
  const internals = [...declared('index.d.ts')].filter((name) => name.startsWith('core/'));
  expect(internals).toEqual(['core/config/version.d.ts']);
});

test('no declarations ship but those that the entries reach', () => {
  const dist = join(inject('consumer'), 'node_modules/@lab/sdc/dist/types');
  const shipped = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.d.ts'));
  const needed = [...entries, 'testing/index.d.ts'].flatMap((entry) => [...declared(entry)]);
  expect(shipped.sort()).toEqual([...new Set(needed.filter((name) => name.endsWith('.d.ts')))].sort());
});
