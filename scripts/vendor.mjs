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

// The same for the one build of sql.js that Node needs (0.7 MB of the package's 30), to where `#sqljs` resolves.
// It is CommonJS, which its new ending says. See docs/decisions/0300-scops-reading-the-status-database.md.
const sqlFrom = new URL('node_modules/sql.js/', root);
const sqlTo = new URL('vendor/sqljs/', root);

await mkdir(fileURLToPath(sqlTo), { recursive: true });
for (const [file, name] of [
  ['dist/sql-wasm.js', 'sql-wasm.cjs'],
  ['dist/sql-wasm.wasm', 'sql-wasm.wasm'],
  ['LICENSE', 'LICENSE.txt'],
]) {
  await cp(new URL(file, sqlFrom), new URL(name, sqlTo)).catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
}
