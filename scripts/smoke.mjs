// Loads every subpath of the built package, as ES module and through require(), on the Node.js that runs this.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

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
