// README.md and package.json as they are packed: npm takes them from where they are, so they are replaced there while it packs. What
// they were is kept in .cache/packed; after a crash in between, the next packing puts it back, and `node scripts/packed.mjs restore`.
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { packedReadme } from './readme.mjs';

const FILES = ['README.md', 'package.json'];
const kept = (root, name) => join(root, '.cache/packed', name);

/** Atomically: others may read it at the same time. */
function write(path, text) {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Without the script of a clone: npm would warn those who install the package that it has one. */
function packedManifest(text) {
  return text.replace(/^ +"prepare": .*\n/mu, '');
}

/** Puts both in place, and remembers what was there. */
export function makePacked(root) {
  restorePacked(root);
  mkdirSync(kept(root, ''), { recursive: true });
  const [readme, manifest] = FILES.map((name) => readFileSync(join(root, name), 'utf8'));
  const made = [packedReadme(readme, JSON.parse(manifest)), packedManifest(manifest)];
  FILES.forEach((name, at) => {
    write(kept(root, name), JSON.stringify({ before: [readme, manifest][at], made: made[at] }));
    write(join(root, name), made[at]);
  });
}

/** Puts back what was there, unless somebody has changed it since. */
export function restorePacked(root) {
  for (const name of FILES) {
    const text = readIfThere(kept(root, name));
    if (text === undefined) continue;
    const { before, made } = JSON.parse(text);
    if (readFileSync(join(root, name), 'utf8') === made) write(join(root, name), before);
    rmSync(kept(root, name));
  }
}
