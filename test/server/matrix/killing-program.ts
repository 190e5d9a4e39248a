// Downloads until it is killed: <base URL> <directory>; each mode in a folder of its own, all at a time. Says when it begins.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { client, wanted } from '../transfer/harness.js';
import { MODES } from './killing-modes.js';

const [url, directory] = process.argv.slice(2) as [string, string];
const { op } = client(url, { retries: 2 });

async function forEver(overwrite: (typeof MODES)[number]): Promise<never> {
  for (;;) {
    const { status, path } = await downloadOne(op, wanted(join(directory, overwrite)), { overwrite });
    // Else there would be nothing to do, or a new file each time.
    if (overwrite === 'skip' || (overwrite === 'unique' && path.includes('.2.'))) rmSync(path);
    if (overwrite === 'update' && status === 'skipped') await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

console.log('begun');
void Promise.all(MODES.map(forEver));
