// Loads every subpath of the built package, as ES module and through require(), and runs its command, on the Node.js that runs this.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ROOMS } from './arrows.mjs';

const require = createRequire(import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

for (const subpath of Object.keys(manifest.exports)) {
  const name = `${manifest.name}${subpath.slice(1)}`;
  const required = require(name);
  if (subpath === './package.json') {
    assert.equal(required.version, manifest.version);
    continue;
  }
  const imported = await import(name);
  const names = Object.keys(imported);
  assert.ok(names.length > 0, `${name} exports nothing`);
  assert.deepEqual(
    Object.keys(required)
      .filter((key) => key !== '__esModule')
      .sort(),
    names.sort(),
    name,
  );
  console.log(`${name}: ${names.length} names`);
}

// The command too: its version, its help, and a demonstration with all four clients and simulated centres.
const command = fileURLToPath(new URL(`../${manifest.bin.sdc}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sdc-smoke-'));
try {
  const run = (...args) =>
    execFileSync(process.execPath, [command, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  assert.equal(run('--version').trim(), manifest.version);
  for (const centre of ROOMS) assert.match(run('--help'), new RegExp(`^ +${centre} `, 'mu'));
  const shown = run('demo').trim().split('\n');
  assert.ok(shown.length > 20, `the demonstration shows ${shown.length} lines`);
  console.log(`sdc ${manifest.version}: the demonstration shows ${shown.length} lines`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
