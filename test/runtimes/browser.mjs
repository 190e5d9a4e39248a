// No entry can be bundled for a browser: each needs modules of Node.js, which docs/runtimes.md names. When one can, the guide is to be changed.
import { build } from 'esbuild';

let wrong = 0;
for (const entry of ['', '/scc', '/imap', '/hmi', '/scops', '/read', '/testing']) {
  const contents = `export * from '@lab/sdc${entry}';`;
  const stdin = { contents, resolveDir: process.cwd() };
  const options = {
    stdin,
    bundle: true,
    platform: 'browser',
    format: 'esm',
    write: false,
    logLevel: 'silent',
    logLimit: 0,
  };
  const errors = await build(options).then(
    () => [],
    (failure) => failure.errors,
  );
  const modules = new Set(errors.flatMap(({ text }) => text.match(/"(node:[^"]+)"/u)?.[1] ?? []));
  console.log(`@lab/sdc${entry}: ${[...modules].sort().join(', ')}`);
  if (modules.size === 0) wrong += 1;
}
process.exitCode = wrong === 0 ? 0 : 1;
