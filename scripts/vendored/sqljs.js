import { inflate } from '../inflate.js';
import initSqlJs from './sql-wasm.cjs';

/** sql.js, given its WebAssembly. */
export default async () => initSqlJs({ wasmBinary: await inflate(new URL('./sql-wasm.wasm.br', import.meta.url)) });
