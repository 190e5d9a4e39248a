import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, inject, test } from 'vitest';
import { tempDir } from '../support/temp-dir.js';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const local = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Made by sql.js's own package in a process of its own; the one that ships is its vendored build. */
async function makeDatabase(path: string): Promise<void> {
  const row = "'GB13_08_2014_21720180307152902', 'f21701', 'complete', 57.5, 0, 0, 0, '', 0, 0";
  const script = `
    require(${JSON.stringify(require.resolve('sql.js/dist/sql-wasm.js'))})().then(({ Database }) => {
      const db = new Database();
      db.exec('create table flightlines(id integer primary key, processing_id text, name text, stage text, progress real, filesize real, bytesize text, flag integer, link text, zipsize real, zipbyte text)');
      db.exec(${JSON.stringify(`insert into flightlines(processing_id, name, stage, progress, filesize, bytesize, flag, link, zipsize, zipbyte) values (${row})`)});
      require('node:fs').writeFileSync(${JSON.stringify(path)}, db.export());
    });`;
  await run(process.execPath, ['-e', script]);
}

test('what is bundled or compressed in the package works when it is first used: zod, yaml, netCDF, SQLite', async () => {
  const folder = tempDir(dirname(inject('consumer')));
  await cp(inject('consumer'), folder, { recursive: true });
  await cp(local('programs/late.mjs'), join(folder, 'late.mjs'));
  for (const name of ['20210601aky0930.nc', '20210602aky0930.nc', 'rs_20210601aky09.nc', 'rs_20210602aky09.nc'])
    await cp(local(`../../examples/data/${name}`), join(folder, 'measurements', name));
  await makeDatabase(join(folder, 'status.db'));
  const args = ['late.mjs', 'measurements', 'status.db'];
  const { stdout } = await run(process.execPath, args, { cwd: folder });
  expect(JSON.parse(stdout)).toEqual({
    settings: { httpAuthUser: 'site', httpAuthPassword: 'one', username: 'me', password: 'two', outputDir: 'out' },
    uploads: [
      { file: '20210601aky0930.nc', status: 'uploaded', measurementId: '20210601aky0930' },
      { file: '20210602aky0930.nc', status: 'uploaded', measurementId: '20210602aky0930' },
    ],
    found: '20210601aky0930',
    state: 'complete',
  });
});
