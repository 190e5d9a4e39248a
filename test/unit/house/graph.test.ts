import { isBuiltin } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Linter } from 'eslint';
import { parser } from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { arrowsRule, objectionTo, OWNERS } from '../../../scripts/arrows.mjs';
import { cycles, objections, reached, sourceModules, type Module } from '../../support/modules.js';

// The sources, since what is built shows no imports of types; what is loaded when is tested on the built package.
const modules = sourceModules(fileURLToPath(new URL('../../../src/', import.meta.url)));
const all = objections(modules, () => true);

describe('the graph of the sources, imports of types included', () => {
  it('is read at all', () => {
    expect(modules.size).toBeGreaterThan(400);
    expect(modules.get('core/operation/operation.ts')?.statically).toContain('core/session/lifetime.ts');
    expect(all).toEqual(
      expect.arrayContaining(['cli/hmi/open.ts -> hmi/index.ts', 'core/session/jar.ts -> tough-cookie']),
    );
    expect(objections(modules, (_from, to) => to.endsWith('.ts') && !modules.has(to))).toEqual([]);
  });

  it('has no circle, neither through imports on demand', () => {
    expect(cycles(modules, true)).toEqual([]);
  });

  it('follows the arrows', () => {
    expect(objections(modules, (from, to) => objectionTo(from, to) !== undefined)).toEqual([]);
  });

  it('leads from no simulator to a client, not even to its types', () => {
    const simulators = [...modules.keys()].filter((name) => name.startsWith('testing/'));
    const known = new Set(simulators.flatMap((name) => [...reached(modules, name, true)]));
    expect([...known].filter((name) => /\/client\.ts$|^core\/(?!util\/)/u.test(name))).toEqual([]);
  });

  it('core/util uses Node.js alone, besides the libraries that it owns', () => {
    const isForeign = (from: string, to: string): boolean =>
      !to.endsWith('.ts') && !isBuiltin(to) && OWNERS[to] !== from;
    expect(objections(modules, (from, to) => from.startsWith('core/util/') && isForeign(from, to))).toEqual([]);
  });

  it('a circle of types alone is found', () => {
    const module = (name: string, ...statically: string[]): [string, Module] => [
      name,
      { name, statically, onDemand: [], awaitsAtTop: false },
    ];
    const circle = new Map([module('a.ts', 'b.ts'), module('b.ts', 'c.ts', 'zod'), module('c.ts', 'a.ts')]);
    expect(cycles(circle)).toEqual(['a.ts -> b.ts -> c.ts -> a.ts']);
  });
});

describe('the arrows', () => {
  it.each([
    ['errors.ts', 'types.ts'],
    ['errors/base.ts', 'types.ts'],
    ['shared-types/call.ts', 'core/util/dates.ts'],
    ['shared-types/doctor.ts', 'errors/base.ts'],
    ['core/http/transport.ts', 'shared-types/call.ts'],
    ['imap/calls/query.ts', 'errors/http.ts'],
    ['imap/calls/query.ts', 'imap/types/query.ts'],
    ['testing/imap/query.ts', 'imap/types/query.ts'],
    ['core/util/time.ts', 'core/http/transport.ts'],
    ['core/http/transport.ts', 'hmi/index.ts'],
    ['core/http/transport.ts', 'testing/index.ts'],
    ['hmi/calls/query.ts', 'scc/index.ts'],
    ['scc/client.ts', 'testing/index.ts'],
    ['imap/client.ts', 'index.ts'],
    ['imap/client.ts', 'core/session/session.ts'],
    ['hmi/errors.ts', 'core/html/page.ts'],
    ['testing/hmi/list.ts', 'hmi/client.ts'],
    ['testing/hmi/list.ts', 'core/http/transport.ts'],
    ['cli/hmi/open.ts', 'hmi/client.ts'],
    ['cli/hmi/open.ts', 'hmi/calls/open.ts'],
    ['cli/scc/eldec/netcdf.ts', 'scc/netcdf/attributes.ts'],
    ['index.ts', 'hmi/types.ts'],
    ['index.ts', 'testing/index.ts'],
    ['a-new-part/a.ts', 'errors.ts'],
    ['core/http/transport.ts', 'ky'],
    ['core/http/handlers/fetch.ts', 'p-retry'],
    ['scops/pages/status.ts', 'node-html-parser'],
    ['scc/transfer/upload.ts', 'node:fs/promises'],
    ['hmi/client.ts', 'node:https'],
    ['imap/transfer/put.ts', 'yauzl'],
  ])('refuse %s -> %s', (from, to) => {
    expect(objectionTo(from, to)).toEqual(expect.any(String));
  });

  it.each([
    ['errors.ts', 'errors/base.ts'],
    ['shared-types/doctor.ts', 'errors.ts'],
    ['imap/types.ts', 'imap/types/query.ts'],
    ['imap/types/mirror.ts', 'imap/types/query.ts'],
    ['imap/calls/query.ts', 'imap/types.ts'],
    ['core/util/time.ts', 'core/util/signal.ts'],
    ['scc/session/login.ts', 'core/html/page.ts'],
    ['hmi/client.ts', 'core/session/lifetime.ts'],
    ['testing/hmi/list.ts', 'hmi/types.ts'],
    ['cli/scc/download.ts', 'scc/for-command.ts'],
    ['cli/scc/eldec/netcdf.ts', 'scc/index.ts'],
    ['cli/commands.ts', 'cli/hmi/group.ts'],
    ['cli/local/demo.ts', 'testing/index.ts'],
    ['cli/io/files.ts', 'node:fs'],
  ])('allow %s -> %s', (from, to) => {
    expect(objectionTo(from, to)).toBeUndefined();
  });

  it.each(Object.entries(OWNERS))('%s is used by its owner, %s', (library, owner) => {
    const users = objections(modules, (from, to) => to === library && from.startsWith(owner));
    expect(users).not.toEqual([]);
  });

  it.each([
    "import { HmiClient } from '../../hmi/client.js';",
    "import type { HmiClient } from '../../hmi/client.js';",
    "let client: import('../../hmi/client.js').HmiClient;",
    "export { HmiClient } from '../../hmi/client.js';",
    "export * from '../../hmi/calls/open.js';",
    "await import('../../hmi/calls/open.js');",
    "await import('p-retry');",
  ])('are a rule of ESLint: %s', (code) => {
    const house = { rules: { arrows: arrowsRule } };
    const config = [
      { files: ['**/*.ts'], languageOptions: { parser }, plugins: { house }, rules: { 'house/arrows': 2 as const } },
    ];
    const found = new Linter({ cwd: '/house' }).verify(code, config, '/house/src/cli/hmi/open.ts');
    expect(found.map(({ ruleId }) => ruleId)).toEqual(['house/arrows']);
  });
});
