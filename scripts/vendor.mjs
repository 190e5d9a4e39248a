// Copies the one build of h5wasm that Node needs (4 MB of the package's 14) to where `#h5wasm` resolves.
// See docs/decisions/0006-netcdf-readers.md.
import { cp, mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = new URL('../', import.meta.url);
const from = new URL('node_modules/h5wasm/', root);
const to = new URL('vendor/h5wasm/', root);

await mkdir(fileURLToPath(to), { recursive: true });
for (const file of ['dist/node/hdf5_hl.js', 'dist/node/hdf5_util.js', 'LICENSE.txt']) {
  await cp(new URL(file, from), new URL(file.split('/').at(-1), to)).catch((error) => {
    if (error.code !== 'ENOENT') throw error; // installed as a dependency: the copy is in the package already
  });
}
