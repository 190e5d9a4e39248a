// Bundles the package's entries into dist/bundle, with what they share in chunks: loading 5 files costs a third of loading 264.
// See docs/decisions/0011-bundled-entries.md, and 0012-install-size.md for what is bundled with them.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, transform } from 'esbuild';
import { ROOMS } from '../arrows.mjs';

/** The subpaths of the package; each is a folder of src with an index. */
export const ENTRIES = ['', ...ROOMS, 'read', 'testing'];

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

/**
 * The sources in the maps lose their doc comments, which are in the declarations: a fifth of what the maps hold. The lines stay, so that
 * the map still fits.
 */
function shortenMaps(root, outputs) {
  const comment = /^[ \t]*\/\*\*[\s\S]*?\*\/[ \t]*$/gmu;
  for (const path of Object.keys(outputs).filter((name) => name.endsWith('.map'))) {
    const file = join(root, path);
    const map = JSON.parse(readFileSync(file, 'utf8'));
    const sourcesContent = map.sourcesContent.map((text) =>
      text.replaceAll(comment, (found) => found.replaceAll(/[^\n]/gu, '')),
    );
    writeFileSync(file, JSON.stringify({ ...map, sourcesContent }));
  }
}

/** The simulators have no map: it would be as large as all that reads files, and their code can be read as it is. */
function leaveOutMap(file) {
  const code = readFileSync(file, 'utf8');
  writeFileSync(file, code.replace(/^\/\/# sourceMappingURL=.*\n?/mu, ''));
  rmSync(`${file}.map`);
}

/**
 * Returns what went into the bundle, as esbuild tells it; `dist` is relative to the root.
 *
 * Reading files shares no chunk with the clients: what both have in common is small, and would be cut off from the chunks that every
 * client loads.
 */
export async function bundleEntries(root, dist = 'dist') {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const bundle = (entries) =>
    build({
      absWorkingDir: root,
      entryPoints: entries.map((folder) => join('src', folder, 'index.ts')),
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
  const parts = await Promise.all([bundle(ENTRIES.filter((entry) => entry !== 'read')), bundle(['read'])]);
  const [inputs, outputs] = ['inputs', 'outputs'].map((side) =>
    Object.assign({}, ...parts.map(({ metafile }) => metafile[side])),
  );
  nameClasses(root, outputs);
  shortenMaps(root, outputs);
  await shrinkLibraries(root, outputs);
  leaveOutMap(join(root, dist, 'bundle/testing/index.js'));
  return { inputs, outputs };
}
