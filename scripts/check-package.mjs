// Packs what was built and checks the tarball: publint, are-the-types-wrong, contents, source maps.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const folder = resolve('.cache/pack');
const problems = [];

/** Runs a command; its output is shown when it fails. */
function run(name, command, args) {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status === 0) return done.stdout;
  problems.push(`${name} failed`);
  console.error(`${name}:\n${done.stdout}${done.stderr}`);
  return undefined;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
run('pack', process.execPath, ['scripts/pack.mjs', folder]);
const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'missing');
run('publint', 'npx', ['--no-install', 'publint', 'run', tarball, '--strict']);
run('attw', 'npx', ['--no-install', 'attw', tarball, '--ignore-rules', 'cjs-resolves-to-esm', '--no-emoji']);
run('tar', 'tar', ['-xzf', tarball, '-C', folder]);

const root = join(folder, 'package');
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));

const allowed =
  /^(?:dist\/(?:bundle|cli|types)|vendor)\/|^dist\/(?:THIRD-PARTY-LICENSES\.txt|examples\.br)$|^(?:package\.json|README\.md|LICENSE|CHANGELOG\.md)$/u;
const unwanted =
  /\.test\.|\.spec\.|(?:^|\/)(?:fixtures|__mocks__|node_modules)\/|\.(?:part|tgz|log|tsbuildinfo|map\.map)$|(?:^|\/)\./u;
for (const file of files) {
  if (!allowed.test(file) || unwanted.test(file)) problems.push(`not meant for users: ${file}`);
}
for (const needed of [
  'dist/bundle/index.js',
  'dist/types/index.d.ts',
  'dist/cli/sdc.js',
  'dist/examples.br',
  'dist/THIRD-PARTY-LICENSES.txt',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'vendor/h5wasm/LICENSE.txt',
]) {
  if (!files.includes(needed)) problems.push(`missing: ${needed}`);
}
// A map is of use where it holds its sources: the sources themselves are not in the package.
const maps = files.filter((name) => name.endsWith('.map'));
if (maps.length === 0) problems.push('no source maps');
for (const file of maps) {
  const { sources, sourcesContent = [] } = JSON.parse(readFileSync(join(root, file), 'utf8'));
  sources.forEach((source, index) => {
    if (!sourcesContent[index]) problems.push(`${file}: nothing of ${source}`);
  });
}
for (const file of files.filter((name) => /\.(?:js|d\.ts)$/u.test(name))) {
  const [, map] = readFileSync(join(root, file), 'utf8').match(/^\/\/# sourceMappingURL=(.+)$/mu) ?? [];
  if (map !== undefined && !existsSync(join(root, dirname(file), map))) problems.push(`${file}: no map ${map}`);
}

for (const problem of problems) console.error(problem);
console.log(`${files.length} files checked`);
process.exitCode = problems.length === 0 ? 0 : 1;
