import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { ROOMS } from './scripts/arrows.mjs';
import { isFull, isRest } from './test/support/full.js';
import { filesWithMore } from './test/support/rest.js';

const root = fileURLToPath(new URL('.', import.meta.url));

type Plugin = NonNullable<ViteUserConfig['plugins']>[number];

/** With `SDC_TEST_DIST=1` the same tests run against what was built: an import of src/x.ts becomes dist/x.js. */
const builtPackage: Plugin = {
  name: 'built-package',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    if (process.env.SDC_TEST_DIST !== '1' || !source.startsWith('.')) return undefined;
    const found = await this.resolve(source, importer, { ...options, skipSelf: true });
    const path = found?.id.split('?')[0] ?? '';
    if (!path.startsWith(`${root}src/`)) return found;
    const built = `${root}dist/${path.slice(root.length + 4).replace(/\.ts$/u, '.js')}`;
    return existsSync(built) ? { id: built } : found;
  },
};

/** What needs the declarations as they are packed is left to `npm run test:full`; behind each, where `npm test` tests the like. */
const packed = isFull
  ? []
  : [
      'test/types/consumers.test.ts', // every promised name and type: test/types/contract.test.ts, of the sources
      'test/package/api.test.ts', // the public names: test/types/contract.test.ts
      'test/package/declarations.test.ts', // what may be imported where: test/package/graph.test.ts
      'test/package/tarball.test.ts', // what is packed: test/unit/house/packed-readme.test.ts, test/server/cli/examples.test.ts
      'test/package/snippets.test.ts', // that the examples compile: test/types/contract.test.ts
    ];

/** What replaces modules, or loads other test files, and so needs modules of its own. */
const alone = [
  'test/unit/transfer/{create-atomic,disk,lock-races,publish,replace-by-member,side-by-side-disk,upload}.test.ts',
  'test/contract/imap/mirror-disk.test.ts',
  'test/contract/*/ill-formed.test.ts',
];

const more = isRest ? filesWithMore() : [];
/** Test files of a folder; with `SDC_TEST_FULL=rest` those that test more than with `npm test`. */
const below = (folder: string): string[] =>
  isRest ? more.filter((name) => name.startsWith(`${folder}/`)) : [`${folder}/**/*.test.ts`];

const project = (name: string, extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include: below(`test/${name}`), ...extra },
});

export default defineConfig({
  plugins: [builtPackage],
  resolve: {
    alias: [
      { find: /^@lab\/sdc$/u, replacement: `${root}src/index.ts` },
      {
        find: new RegExp(`^@lab/sdc/(${[...ROOMS, 'read', 'testing'].join('|')})$`, 'u'),
        replacement: `${root}src/$1/index.ts`,
      },
    ],
  },
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    // Much of the time a test waits, for a process or a silence: a third worker uses the two cores of the smallest machine.
    maxWorkers: 3,
    maxConcurrency: 2,
    server: { deps: { external: [/\/vendor\//] } },
    // No limit here is a bound that a test checks: they only end what hangs, also on a machine that is starved.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      // Loading our modules takes longer than most of these files: they share them.
      project('unit', { isolate: false, exclude: alone }),
      project('contract', { isolate: false, exclude: alone }),
      project('alone', { include: alone }),
      project('server', { exclude: ['test/server/cli/**'] }),
      project('cli', {
        include: below('test/server/cli'),
        isolate: false,
        hookTimeout: 240_000,
        globalSetup: ['test/server/cli/build.ts'],
      }),
      // With everything the package is installed as it is packed, so all of these test more.
      project('types', {
        include: ['test/types/**/*.test.ts'],
        exclude: packed,
        testTimeout: 180_000,
        globalSetup: ['test/package/build.ts'],
      }),
      project('package', {
        include: ['test/package/**/*.test.ts'],
        exclude: packed,
        testTimeout: 240_000,
        hookTimeout: 240_000,
        globalSetup: ['test/package/build.ts'],
      }),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      // types alone have no lines; the command line runs as a child process, which is not counted
      exclude: ['src/**/*.d.ts', 'src/**/types.ts', 'src/shared-types/**', 'src/*/types/**', 'src/cli/**'],
      thresholds: { lines: 95, 'src/core/transfer/**': { lines: 100 }, 'src/errors/**': { lines: 100 } },
    },
  },
});
