// Bundles the package's entries into dist/bundle, with what they share in chunks: loading 5 files costs a third of loading 264.
// The modules beside it stay for the command line, the tests and the import graph. See docs/decisions/0011-bundled-entries.md.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const { dependencies, peerDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

await build({
  absWorkingDir: root,
  entryPoints: ['', 'scc/', 'imap/', 'hmi/', 'scops/', 'testing/'].map((folder) => `src/${folder}index.ts`),
  outdir: 'dist/bundle',
  outbase: 'src',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: [...Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => [name, `${name}/*`]), '#*'],
  sourcemap: true,
  sourcesContent: false,
  keepNames: true,
  chunkNames: 'chunks/[name]-[hash]',
});
