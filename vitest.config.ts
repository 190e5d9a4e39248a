import { defineConfig } from 'vitest/config';

const project = (name: string, extra: Record<string, unknown> = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...extra },
});

export default defineConfig({
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    maxWorkers: 2,
    testTimeout: 20_000,
    projects: [
      project('unit'),
      project('contract'),
      project('server', { testTimeout: 60_000 }),
      project('types', { testTimeout: 120_000, globalSetup: ['test/package/build.ts'] }),
      project('package', { testTimeout: 240_000, hookTimeout: 240_000, globalSetup: ['test/package/build.ts'] }),
    ],
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.d.ts', 'src/types.ts'],
      thresholds: { lines: 95 },
    },
  },
});
