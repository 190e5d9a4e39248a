// Bundles the package's entries into dist/bundle, with what they share in chunks: loading 5 files costs a third of loading 264.
// See docs/decisions/0011-bundled-entries.md, and 0012-install-size.md for what is bundled with them.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';

/** The subpaths of the package; each is a folder of src with an index. */
export const ENTRIES = ['', 'scc', 'imap', 'hmi', 'scops', 'testing'];

/** Of yaml the build without require(), which a chunk that is an ES module has not. */
export const aliases = (root) => ({ yaml: join(root, 'node_modules/yaml/browser/index.js') });

/** Chunks that hold libraries are minified and have no map: nobody debugs those here. */
async function shrinkLibraries(root, outputs) {
  const ours = (input) => input.startsWith('src/') && input !== 'src/core/validate/zod.ts';
  for (const [path, { inputs }] of Object.entries(outputs)) {
    const names = Object.keys(inputs);
    if (path.endsWith('.map') || names.length === 0 || names.some(ours)) continue;
    const file = join(root, path);
    const { code } = await transform(readFileSync(file, 'utf8'), {
      minify: true,
      format: 'esm',
      legalComments: 'none',
    });
    writeFileSync(file, code);
    rmSync(`${file}.map`);
  }
}

/**
 * esbuild calls a class that mentions itself `_Name`, and users would read that in their consoles. Its way to keep names costs
 * time at each closure that is made; here they are given back, with a blank in place of the mark so that the map still fits.
 */
function nameClasses(root, outputs) {
  for (const path of Object.keys(outputs).filter((name) => name.endsWith('.js'))) {
    const file = join(root, path);
    const code = readFileSync(file, 'utf8');
    const names = [...code.matchAll(/^var (\w+) = class _\1\b/gmu)].map(([, name]) => name);
    const named = names.reduce(
      (text, name) => text.replaceAll(new RegExp(`(?<![\\w.$])_${name}\\b`, 'gu'), ` ${name}`),
      code,
    );
    if (named !== code) writeFileSync(file, named);
  }
}

/** Returns what went into the bundle, as esbuild tells it; `dist` is relative to the root. */
export async function bundleEntries(root, dist = 'dist') {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ENTRIES.map((folder) => join('src', folder, 'index.ts')),
    outdir: join(dist, 'bundle'),
    outbase: 'src',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [...Object.keys({ ...dependencies, ...peerDependencies }).flatMap((name) => [name, `${name}/*`]), '#*'],
    sourcemap: true,
    sourcesContent: true,
    legalComments: 'none',
    chunkNames: 'chunks/[name]-[hash]',
    alias: aliases(root),
    metafile: true,
  });
  nameClasses(root, metafile.outputs);
  await shrinkLibraries(root, metafile.outputs);
  return metafile;
}
