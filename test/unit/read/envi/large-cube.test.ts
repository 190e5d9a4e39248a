import { execFile } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { tempDir } from '../../../support/temp-dir.js';

const PROGRAM = fileURLToPath(new URL('large-cube.ts', import.meta.url));
const [BANDS, LINES, SAMPLES] = [256, 2000, 2000];
const MB = 1024 * 1024;

it.each(['bsq', 'bil', 'bip'])(
  'a window of a cube of 2 GB takes less than 100 MB: %s',
  { timeout: 600_000 },
  async (interleave) => {
    const path = join(tempDir(), 'cube.dat');
    writeFileSync(path, '');
    truncateSync(path, 2 * BANDS * LINES * SAMPLES);
    const shape = `samples = ${SAMPLES}\nlines = ${LINES}\nbands = ${BANDS}\n`;
    writeFileSync(`${path}.hdr`, `ENVI\n${shape}data type = 2\ninterleave = ${interleave}\nbyte order = 0\n`);
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', PROGRAM, path]);
    const found = JSON.parse(stdout) as { grown: number; elements: number; shape: number[] };
    expect(found).toMatchObject({ elements: BANDS * 100 * 100, shape: [BANDS, 100, 100] });
    expect(found.grown).toBeLessThan(60 * MB); // with the 40 MB of Node.js itself
  },
);
