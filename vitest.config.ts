import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { isFull } from './test/support/full.js';

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
      'test/package/snippets.test.ts', // that the examples compile: test/types/contract.test.ts
    ];

const project = (name: string, extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
});

export default defineConfig({
  plugins: [builtPackage],
  resolve: {
    alias: [
      { find: /^@lab\/sdc$/u, replacement: `${root}src/index.ts` },
      { find: /^@lab\/sdc\/(scc|imap|hmi|scops|testing)$/u, replacement: `${root}src/$1/index.ts` },
    ],
  },
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    maxWorkers: 2,
    maxConcurrency: 2,
    server: { deps: { external: [/\/vendor\//] } },
    // No limit here is a bound that a test checks: they only end what hangs, also on a machine that is starved.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      project('unit'),
      project('contract'),
      project('server', { exclude: ['test/server/cli/**'] }),
      project('cli', {
        include: ['test/server/cli/**/*.test.ts'],
        hookTimeout: 240_000,
        globalSetup: ['test/server/cli/build.ts'],
      }),
      project('types', { exclude: packed, testTimeout: 180_000, globalSetup: ['test/package/build.ts'] }),
      project('package', {
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
      exclude: ['src/**/*.d.ts', 'src/**/types.ts', 'src/cli/**'],
      thresholds: { lines: 95, 'src/core/transfer/**': { lines: 100 }, 'src/errors.ts': { lines: 100 } },
    },
  },
});
