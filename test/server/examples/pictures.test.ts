import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { isFull } from '../../support/full.js';
import { pixelsOf, seenIn } from '../../support/picture.js';
import { tempDir } from '../../support/temp-dir.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const assets = join(root, 'docs/assets');

// Each part of a picture has tests of its own in test/unit/read.
test.runIf(isFull)('the pictures of the guide are what its examples draw', async () => {
  const folder = tempDir();
  await run(process.execPath, ['scripts/guide-plots.mjs', folder], { cwd: root });
  const names = readdirSync(folder).sort();
  expect(names).toEqual(['reading-image.svg', 'reading-index.svg', 'reading-profile.svg', 'reading-vectors.svg']);
  expect(readdirSync(assets).filter((name) => name.startsWith('reading-'))).toEqual(names);
  for (const name of names) {
    const [drawn = '', shown = ''] = [folder, assets].map((place) => readFileSync(join(place, name), 'utf8'));
    expect(shown.length).toBeLessThan(60_000);
    // Other versions of zlib pack an image otherwise, so that it is looked at.
    const [fresh, kept] = [seenIn(drawn), seenIn(shown)];
    const parts = ({ lines, bands, texts, width, height }: typeof fresh): unknown => ({
      lines,
      bands,
      texts,
      width,
      height,
    });
    expect(parts(kept)).toEqual(parts(fresh));
    if (fresh.image === undefined) continue;
    const [image, known] = [await pixelsOf(fresh), await pixelsOf(kept)];
    expect([known.width, known.height]).toEqual([image.width, image.height]);
    for (let y = 0; y < image.height; y += 7)
      for (let x = 0; x < image.width; x += 7) expect(known.at(x, y)).toEqual(image.at(x, y));
  }
});
