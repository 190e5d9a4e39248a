import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { tempDir } from '../../support/temp-dir.js';

const cache = fileURLToPath(new URL('../../../.cache', import.meta.url));

/**
 * A program of this folder as one file of plain JavaScript, which starts in a moment, as a process or a worker thread. It lies
 * in the project, where the vendored libraries are found.
 */
export async function bundled(name: string): Promise<string> {
  await mkdir(cache, { recursive: true });
  const path = join(tempDir(cache), 'program.mjs');
  // A child that is another user looks for the package's own file here; since Node.js 24 a folder that it may not enter is an error.
  await chmod(dirname(path), 0o755);
  await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    outfile: path,
    bundle: true,
    external: ['#*'],
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return path;
}
