// Makes vendor/ of h5wasm and sql.js: of the many builds that each package holds the one that Node needs, with its WebAssembly
// compressed (5 MB become 1.3). `#h5wasm`, `#hdf5` and `#sqljs` of package.json resolve to it. See docs/decisions/0012-install-size.md.
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

const root = new URL('../', import.meta.url);
const to = new URL('vendor/', root);
const wrappers = new URL('scripts/vendored/', root);

/** Compresses as well as it can be: that takes some seconds of an installation in a clone, and saves 90 kB of each of the package. */
function deflate(wasm) {
  if (!globalThis.WebAssembly.validate(wasm))
    throw new Error('this is no WebAssembly: the library changed how it is built');
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT } = constants;
  const params = { [BROTLI_PARAM_QUALITY]: 11, [BROTLI_PARAM_LGWIN]: 24, [BROTLI_PARAM_SIZE_HINT]: wasm.length };
  return brotliCompressSync(wasm, { params });
}

/**
 * Emscripten's glue with the WebAssembly as a text in it, apart. Its characters are bytes, but for the zero, which is U+0100.
 * The glue awaits what stands in the place of the text.
 */
function split(glue, wasmName) {
  const before = 'function findWasmBinary(){return binaryDecode(';
  const start = glue.indexOf(before) + before.length;
  const quote = glue[start];
  if (start < before.length || !/['"]/u.test(quote)) throw new Error('h5wasm changed how it holds its WebAssembly');
  let end = start + 1;
  while (glue[end] !== quote) end += glue[end] === '\\' ? 2 : 1;
  const text = new Function(`return ${glue.slice(start, end + 1)}`)();
  const wasm = Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    return code === 0x100 ? 0 : code;
  });
  const rest = `${glue.slice(0, start - 'binaryDecode('.length)}inflate(new URL('./${wasmName}', import.meta.url))${glue.slice(end + 2)}`;
  return { wasm, glue: `import { inflate } from '../inflate.js';\n${rest}` };
}

async function h5wasm(from, folder) {
  await cp(new URL('LICENSE.txt', from), new URL('LICENSE.txt', folder));
  await cp(new URL('dist/node/hdf5_hl.js', from), new URL('hdf5_hl.js', folder));
  const { wasm, glue } = split(readFileSync(new URL('dist/node/hdf5_util.js', from), 'utf8'), 'hdf5_util.wasm.br');
  await writeFile(new URL('hdf5_util.js', folder), glue);
  await writeFile(new URL('hdf5_util.wasm.br', folder), deflate(wasm));
  await cp(new URL('h5wasm.js', wrappers), new URL('instance.js', folder));
}

/** Its glue is CommonJS, which its new ending says. */
async function sqljs(from, folder) {
  await cp(new URL('LICENSE', from), new URL('LICENSE.txt', folder));
  await cp(new URL('dist/sql-wasm.js', from), new URL('sql-wasm.cjs', folder));
  await writeFile(new URL('sql-wasm.wasm.br', folder), deflate(readFileSync(new URL('dist/sql-wasm.wasm', from))));
  await cp(new URL('sqljs.js', wrappers), new URL('index.js', folder));
}

for (const [name, folder, make] of [
  ['h5wasm', 'h5wasm/', h5wasm],
  ['sql.js', 'sqljs/', sqljs],
]) {
  const from = new URL(`node_modules/${name}/`, root);
  if (!existsSync(from)) continue; // without development dependencies there is nothing to build either
  await rm(new URL(folder, to), { recursive: true, force: true });
  await mkdir(fileURLToPath(new URL(folder, to)), { recursive: true });
  await make(from, new URL(folder, to));
}
if (existsSync(to)) await cp(new URL('inflate.js', wrappers), new URL('inflate.js', to));
