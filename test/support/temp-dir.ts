import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cleanUp } from './clean-up.js';

/** A new folder, which is deleted after the test, or after the tests of the file or `describe` that it is made for. */
export function tempDir(parent = tmpdir()): string {
  const path = mkdtempSync(join(parent, 'sdc-test-'));
  cleanUp(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }));
  return path;
}
