import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOMS } from '../../../scripts/arrows.mjs';
import { inCommandWords } from '../../../src/cli/command/command-words.js';
import { programSpec } from '../../../src/cli/commands.js';
import { CENTRES as SIMULATED } from '../../../src/cli/local/simulators.js';
import { SETTINGS } from '../../../src/cli/settings/known.js';
import { Arguments } from '../../../src/core/operation/arguments.js';

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const FILES = ['index', 'client', 'types', 'options', 'context', 'arguments', 'centre', 'routes', 'errors'];

describe.each(ROOMS.map((room) => [room]))('the centre %s', (room) => {
  it('has the files that every centre has', () => {
    expect.soft(FILES.filter((name) => !existsSync(join(root, 'src', room, `${name}.ts`)))).toEqual([]);
    expect.soft(readdirSync(join(root, 'src', room))).toEqual(expect.arrayContaining(['calls', 'decode']));
    expect.soft(read(`src/${room}/centre.ts`)).toContain(`export const CENTRE = '${room}';`);
  });

  it('begins the names of its calls, which errors and the command understand', () => {
    expect.soft(new Arguments(`${room}.call`).init).toMatchObject({ centre: room });
    expect.soft(inCommandWords(`${room}.call: refused`, new Map())).toBe('refused');
  });

  it('is an entry of the package and a part of the whole', () => {
    const { exports, typesVersions } = JSON.parse(read('package.json')) as {
      exports: Readonly<Record<string, unknown>>;
      typesVersions: { readonly '*': Readonly<Record<string, unknown>> };
    };
    const types = `./dist/types/${room}/index.d.ts`;
    expect.soft(exports[`./${room}`]).toEqual({ types, default: `./dist/bundle/${room}/index.js` });
    expect.soft(typesVersions['*'][room]).toEqual([types]);
    expect.soft(read('src/index.ts')).toContain(` from './${room}/index.js';`);
  });

  it('has a guide, and groups of its own in the reference', () => {
    const { projectDocuments } = JSON.parse(read('typedoc.json')) as { projectDocuments: readonly string[] };
    expect.soft(projectDocuments).toContain(`docs/${room}.md`);
    expect.soft(read('scripts/typedoc-plugin.mjs')).toMatch(new RegExp(`const CENTRES = .*\\b${room}: '`, 'u'));
  });

  it('has a simulator, commands and settings', () => {
    expect.soft(SIMULATED).toContain(room);
    expect.soft(read('src/testing/index.ts')).toContain(` from './${room}/simulate.js';`);
    expect.soft(programSpec(() => Promise.resolve(0)).groups.map(({ name }) => name)).toContain(room);
    expect.soft(SETTINGS.map(({ key }) => key.split('.')[0])).toContain(room);
  });

  it('is in the tables of all centres: checks of arguments, faults, imports that are measured', () => {
    expect.soft(read('test/contract/core/arguments/arguments.test.ts')).toMatch(new RegExp(`^  ${room}: .*=>`, 'mu'));
    expect.soft(existsSync(join(root, 'test/server/matrix', `subjects-${room}.ts`))).toBe(true);
    expect.soft(read('bench/imports.mjs')).toContain(`'bundle/${room}/index.js'`);
  });
});
