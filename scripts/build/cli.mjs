// Bundles the command line into dist/cli/sdc.js. Its own libraries become part of the file; the clients and the simulators stay
// imports of dist/bundle, and the package's runtime dependencies stay what they are, so that nothing large is there twice.
import { chmodSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';

import { aliases, ENTRIES } from './entries.mjs';

/** Returns what went into the bundle, as esbuild tells it; `dist` is relative to the root. */
export async function bundleCli(root, dist = 'dist') {
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const outside = Object.keys(dependencies);
  const source = join(root, 'src');
  const outfile = join(root, dist, 'cli/sdc.js');
  const entries = new Set(ENTRIES.map((folder) => join(source, folder, 'index.js')));

  const entriesStayOutside = {
    name: 'entries-stay-outside',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ path, resolveDir }) => {
        const target = join(resolveDir, path);
        if (!entries.has(target)) return undefined;
        return { path: `../bundle/${relative(source, target).replaceAll(sep, '/')}`, external: true };
      });
    },
  };

  const { metafile } = await build({
    entryPoints: [join(source, 'cli/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: [...outside.flatMap((name) => [name, `${name}/*`]), '#*'],
    plugins: [entriesStayOutside],
    alias: aliases(root),
    // Half of the size; names stay, so that the stack of a defect can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    metafile: true,
    legalComments: 'none',
    absWorkingDir: root,
    // Libraries in CommonJS call require() for Node's own modules.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
    },
  });
  chmodSync(outfile, 0o755);
  return metafile;
}
