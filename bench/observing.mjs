// What the diagnostics channels and the log cost a small call: processor time beside a build in which neither is asked.
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { median, timed } from './lib/measure.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
/** In place of the two modules that publish, and of what a request tells the log. */
const SILENT = {
  'observe.ts': 'export const observed = (_call, work) => work(); export const observedLoop = (_call, loop) => loop;',
  'report.ts': 'export const report = () => undefined;',
};
const takenOut = {
  name: 'taken-out',
  setup: (esbuild) =>
    esbuild.onLoad({ filter: /(observe|report)\.ts$/ }, ({ path }) => ({
      contents: SILENT[path.split('/').at(-1)],
    })),
};

const bundle = (outfile, plugins) =>
  build({
    entryPoints: [join(root, 'src/hmi/index.ts')],
    outfile,
    plugins,
    bundle: true,
    external: ['#*'],
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });

export async function observing({ rounds }) {
  mkdirSync(join(root, '.cache'), { recursive: true });
  // In the project, where the libraries of the package are found.
  const folder = mkdtempSync(join(root, '.cache/observing-'));
  const [whole, without] = [join(folder, 'whole.mjs'), join(folder, 'without.mjs')];
  const variants = {
    'channels and log taken out': [without, 'nobody'],
    'nobody listens': [whole, 'nobody'],
    'both channels have a subscriber': [whole, 'channels'],
    'a logger takes all levels': [whole, 'logger'],
  };
  const times = Object.fromEntries(Object.keys(variants).map((name) => [name, []]));
  try {
    await Promise.all([bundle(whole, []), bundle(without, [takenOut])]);
    const program = fileURLToPath(new URL('lib/observed.mjs', import.meta.url));
    for (let round = 0; round < rounds * 5; round += 1)
      for (const [name, args] of Object.entries(variants)) {
        const { output } = await timed(process.execPath, [program, ...args]);
        times[name].push(Number(output));
      }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const base = median(times['channels and log taken out']);
  return Object.entries(times).map(([name, own]) => ({
    work: `a small call: ${name}`,
    us: Number(median(own).toFixed(1)),
    ratio: Number((median(own) / base).toFixed(3)),
    ...(name === 'nobody listens' && { target: 1.02 }),
  }));
}
