// bundle-cli.mjs [DIST]: bundles the command line into DIST/cli/sdc.js. Its own libraries become part of the file; the SDK's
// modules beside it and the package's runtime dependencies stay what they are, so that nothing is there twice.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../', import.meta.url));
const dist = resolve(process.argv[2] ?? join(root, 'dist'));
const source = join(root, 'src');
const outfile = join(dist, 'cli/sdc.js');
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** Imports of the SDK from within src/cli stay imports of the built modules. */
const sdkStaysOutside = {
  name: 'sdk-stays-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path, importer, resolveDir }) => {
      if (!importer.startsWith(join(source, 'cli/'))) return undefined;
      const target = join(resolveDir, path);
      if (target.startsWith(join(source, 'cli/'))) return undefined;
      return { path: `../${relative(source, target).replaceAll('\\', '/')}`, external: true };
    });
  },
};

mkdirSync(dirname(outfile), { recursive: true });
const { metafile } = await build({
  entryPoints: [join(source, 'cli/main.ts')],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: Object.keys(dependencies),
  plugins: [sdkStaysOutside],
  metafile: true,
  legalComments: 'none',
  absWorkingDir: root,
  // Libraries in CommonJS call require() for Node's own modules.
  banner: {
    js: "#!/usr/bin/env node\nimport { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);",
  },
});
chmodSync(outfile, 0o755);

// The licences of what became part of the file.
const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/u) ?? []),
);
const licences = [...packages].sort().map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(root, folder)).find((entry) => /^licen[cs]e/iu.test(entry));
  const path = file === undefined ? undefined : join(root, folder, file);
  const text = path !== undefined && existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  return `${name} ${version} (${license})\n\n${text}`.trim();
});
writeFileSync(join(dist, 'cli/LICENSES.txt'), `${licences.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`);
