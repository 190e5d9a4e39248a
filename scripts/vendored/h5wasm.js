import ModuleFactory from './hdf5_util.js';
import { inflate } from '../inflate.js';

const { Instance, compile } = globalThis.WebAssembly;

let compiling;

/** The code is compiled once; a failure, such as too many open files, is forgotten. */
function compiled() {
  compiling ??= inflate(new URL('./hdf5_util.wasm.br', import.meta.url)).then((wasm) => compile(wasm));
  compiling.catch(() => (compiling = undefined));
  return compiling;
}

/**
 * HDF5 with a memory of its own, which no other file shares.
 *
 * @param mayGrow - Whether its memory may grow to so many bytes.
 * @param print - Takes what it would write to the console.
 */
export async function instantiate({ mayGrow, print }) {
  const wasm = await compiled();
  return ModuleFactory({
    noInitialRun: true,
    print,
    printErr: print,
    instantiateWasm: (imports, done) => {
      const grow = imports.env.emscripten_resize_heap;
      const env = { ...imports.env, emscripten_resize_heap: (bytes) => mayGrow(bytes >>> 0) && grow(bytes) };
      done(new Instance(wasm, { ...imports, env }), wasm);
      return {};
    },
  });
}
