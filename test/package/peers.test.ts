import { execFile } from 'node:child_process';
import { cp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { tempDir } from '../support/temp-dir.js';

const run = promisify(execFile);

/** Nothing but the package: what it reads files with needs none of its dependencies. */
const program = `
  import { existsSync } from 'node:fs';
  import { plot, tableToParquet } from '@lab/sdc/read';

  const line = { name: 'line', data: [1, 2, 3] };
  const table = { length: 1, columns: new Map([['n', new Uint8Array(1)]]) };
  const calls = [() => plot(line, { to: 'line.svg' }), () => plot(line, { to: 'line.png' }), () => tableToParquet(table, 'table.parquet')];
  const errors = [];
  for (const call of calls) await call().catch(({ name, message, cause }) => errors.push([name, message, cause?.code]));
  const written = ['line.svg', 'line.png', 'table.parquet'].filter((path) => existsSync(path));
  console.log(JSON.stringify({ errors, written }));
`;

test('a call that needs a package which is not installed says which one, and how to install it', async () => {
  // Outside of the project, so that nothing of its own is found.
  const folder = tempDir();
  const installed = join(folder, 'node_modules/@lab/sdc');
  await cp(join(inject('consumer'), 'node_modules/@lab/sdc'), installed, { recursive: true, dereference: true });
  await writeFile(join(folder, 'program.mjs'), program);
  const { stdout } = await run(process.execPath, ['program.mjs'], { cwd: folder });
  const missing = 'ERR_MODULE_NOT_FOUND';
  expect(JSON.parse(stdout)).toEqual({
    errors: [
      ['TypeError', 'plot: vega is not installed; add it with npm install vega', missing],
      ['TypeError', 'plot: vega is not installed; add it with npm install vega', missing],
      [
        'TypeError',
        'tableToParquet: hyparquet-writer is not installed; add it with npm install hyparquet-writer',
        missing,
      ],
    ],
    written: [],
  });
});
