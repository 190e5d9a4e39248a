import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cycles, objections, reached, sourceModules, type Module } from '../../support/modules.js';

// The sources, since what is built shows no imports of types; what is loaded when is tested on the built package.
const SRC = fileURLToPath(new URL('../../../src/', import.meta.url));
const modules = sourceModules(SRC);
const ROOMS = ['scc', 'imap', 'hmi', 'scops'];
const BASE = ['errors.ts', 'types.ts'];
/** The doors of a room: for everybody, and for the command. */
const doors = (...names: string[]): string[] => ROOMS.flatMap((room) => names.map((name) => `${room}/${name}`));

/** What each part may import of ours besides itself, by the beginnings of paths; the most precise entry counts. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'types.ts': ['errors.ts'],
  'core/util/': BASE,
  'core/': BASE,
  ...Object.fromEntries(ROOMS.map((room) => [`${room}/`, ['core/', ...BASE]])),
  'index.ts': [...doors('index.ts'), 'core/config/version.ts', ...BASE],
  'testing/': [...doors('types.ts'), 'core/util/', ...BASE],
  'cli/': [...doors('index.ts', 'for-command.ts'), 'testing/', 'core/', ...BASE],
};

const partOf = (name: string): string | undefined =>
  Object.keys(ARROWS)
    .filter((part) => name.startsWith(part))
    .sort((a, b) => b.length - a.length)[0];

function isAgainstTheArrows(from: string, to: string): boolean {
  if (!to.endsWith('.ts')) return false;
  const part = partOf(from);
  return part === undefined || ![part, ...(ARROWS[part] ?? [])].some((one) => to.startsWith(one));
}

describe('the graph of the sources, imports of types included', () => {
  it('is read at all', () => {
    expect(modules.size).toBeGreaterThan(400);
    expect([...modules.keys()].filter((name) => partOf(name) === undefined)).toEqual([]);
    expect(modules.get('core/operation/operation.ts')?.statically).toContain('core/session/lifetime.ts');
    expect(objections(modules, (_from, to) => to.endsWith('.ts') && !modules.has(to))).toEqual([]);
  });

  it('has no circle, through imports on demand neither', () => {
    expect(cycles(modules, true)).toEqual([]);
  });

  it('follows the arrows: core knows no room, no room another, and rooms are entered by their doors', () => {
    expect(objections(modules, isAgainstTheArrows)).toEqual([]);
  });

  it.each([
    ['errors.ts', 'types.ts'],
    ['core/util/time.ts', 'core/http/transport.ts'],
    ['core/http/transport.ts', 'hmi/index.ts'],
    ['hmi/calls/query.ts', 'scc/index.ts'],
    ['scc/client.ts', 'testing/index.ts'],
    ['imap/client.ts', 'index.ts'],
    ['testing/hmi/list.ts', 'hmi/client.ts'],
    ['testing/hmi/list.ts', 'core/http/transport.ts'],
    ['cli/hmi/open.ts', 'hmi/calls/open.ts'],
    ['cli/scc/eldec/netcdf.ts', 'scc/client.ts'],
    ['index.ts', 'hmi/types.ts'],
    ['index.ts', 'testing/index.ts'],
    ['new-part/a.ts', 'errors.ts'],
  ])('the arrows refuse %s -> %s', (from, to) => {
    expect(isAgainstTheArrows(from, to)).toBe(true);
  });

  it('finds a circle of types alone', () => {
    const module = (name: string, ...statically: string[]): [string, Module] => [
      name,
      { name, statically, onDemand: [], awaitsAtTop: false },
    ];
    const circle = new Map([module('a.ts', 'b.ts'), module('b.ts', 'c.ts', 'zod'), module('c.ts', 'a.ts')]);
    expect(cycles(circle)).toEqual(['a.ts -> b.ts -> c.ts -> a.ts']);
  });

  it('simulators reach no client, not even its types', () => {
    const simulators = [...modules.keys()].filter((name) => name.startsWith('testing/'));
    const known = new Set(simulators.flatMap((name) => [...reached(modules, name, true)]));
    expect([...known].filter((name) => /\/client\.ts$|^core\/(?!util\/)/u.test(name))).toEqual([]);
  });
});

describe('libraries', () => {
  const owners: Readonly<Record<string, RegExp>> = {
    ky: /^core\/http\/handlers\/fetch\.ts$/u,
    'tough-cookie': /^core\/session\/jar\.ts$/u,
    'fetch-cookie': /^core\/session\/jar\.ts$/u,
    'node-html-parser': /^core\/html\//u,
    'p-retry': /^core\/http\/layers\/retry\.ts$/u,
  };

  it.each(Object.entries(owners))('%s has one owner', (library, owner) => {
    const users = objections(modules, (_from, to) => to === library);
    expect(users).not.toEqual([]);
    expect(objections(modules, (from, to) => to === library && !owner.test(from))).toEqual([]);
  });

  it('rooms reach disk, network and archives through core', () => {
    const dangerous = /^(?:node:)?(?:fs|https?)(?:\/|$)|^yauzl$/u;
    const isRoom = (name: string): boolean => ROOMS.some((room) => name.startsWith(`${room}/`));
    expect(objections(modules, (from, to) => isRoom(from) && dangerous.test(to))).toEqual([]);
  });

  it.each(['imap', 'hmi'])('%s knows neither cookies nor HTML', (room) => {
    const unwanted = /^core\/(?:session\/(?:jar|session)\.|html\/)/u;
    expect(objections(modules, (from, to) => from.startsWith(`${room}/`) && unwanted.test(to))).toEqual([]);
  });

  it('core/util uses Node.js alone', () => {
    expect(
      objections(modules, (from, to) => from.startsWith('core/util/') && !to.endsWith('.ts') && !isBuiltin(to)),
    ).toEqual([]);
  });
});
