// The lock file must install from whatever registry its user has: it names none.
import { readFileSync } from 'node:fs';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
const problems = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (entry.resolved !== undefined && !entry.link) problems.push(`${path}: resolved names a host`);
  if (path !== '' && !entry.link && entry.integrity === undefined) problems.push(`${path}: no integrity`);
  const rest = { ...entry, funding: undefined };
  // Without an entry for every platform, `npm ci` refuses the whole file.
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    const known = `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages;
    if (!known) problems.push(`${path}: no entry for its optional ${name}`);
  }
  if (/https?:\/\//u.test(JSON.stringify(rest))) problems.push(`${path}: an address in its entry`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;
