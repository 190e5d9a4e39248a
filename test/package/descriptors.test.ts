import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';

const run = promisify(execFile);

test.skipIf(process.platform === 'win32')(
  'what could not be loaded while no file could be opened is loaded by the next call',
  async () => {
    const program = join(inject('consumer'), 'descriptors.mjs');
    await cp(fileURLToPath(new URL('programs/descriptors.mjs', import.meta.url)), program);
    const limited = ['-c', 'ulimit -n 200; exec "$0" "$1"', process.execPath, program];
    const { stdout } = await run('/bin/sh', limited, { cwd: inject('consumer') });
    expect(JSON.parse(stdout)).toEqual({
      'scc.settings': { first: 'config', then: 'ok' },
      'scc.login': { first: 'network', retryable: true, then: 'ok' },
      'scc.downloadProducts': { first: 'network', retryable: true, then: 'ok' },
    });
  },
);
