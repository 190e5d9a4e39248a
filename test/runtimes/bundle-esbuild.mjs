// bundle-esbuild.mjs FOLDER: as docs/runtimes.md tells. The WebAssembly is loaded from beside the bundle.
import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const [folder] = process.argv.slice(2);
await build({
  entryPoints: ['smoke.mjs'],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  // Libraries in CommonJS call require() for modules of Node.js.
  banner: {
    js: "import { createRequire as requireFor } from 'node:module'; const require = requireFor(import.meta.url);",
  },
});
for (const name of ['h5wasm/hdf5_util.wasm.br', 'sqljs/sql-wasm.wasm.br'])
  copyFileSync(join('node_modules/@lab/sdc/vendor', name), join(folder, basename(name)));
