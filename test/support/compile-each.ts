import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const src = fileURLToPath(new URL('../../src', import.meta.url));

/** Compiles our modules one by one, without types and without the command line. */
export async function compileEach(outdir: string): Promise<void> {
  const names = await readdir(src, { recursive: true });
  const own = names.filter((name) => /(?<!\.d)\.ts$/u.test(name) && !/^cli[\\/]/u.test(name));
  const entryPoints = own.map((name) => join(src, name));
  await build({ entryPoints, outdir, outbase: src, format: 'esm', logLevel: 'error' });
}
