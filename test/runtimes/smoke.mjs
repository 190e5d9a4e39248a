// What everybody does, in the runtime that runs this: each part prints `ok <part>`, or `not ok <part>: <why>`. The folder of the examples is the
// working directory.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HmiClient, ImapClient, NotFoundError, SCC, ScopsClient } from '@lab/sdc';
import { openData } from '@lab/sdc/read';
import { simulateHmi, simulateImap, simulateScc, simulateScops } from '@lab/sdc/testing';

const folder = mkdtempSync(join(tmpdir(), 'sdc-runtime-'));
const check = (holds, what) => {
  if (!holds) throw new Error(what);
};

const PARTS = {
  /** Over real sockets: login, upload, processing, archives. */
  scc: async () => {
    const sim = simulateScc({ clock: { perRequestMs: 60_000 } });
    const server = await sim.listen();
    const scc = new SCC(sim.credentials, { baseUrl: server.url });
    const done = await scc.processFile('data/20210601aky0930.nc', 437, join(folder, 'scc'), {
      soundingFile: 'data/rs_20210601aky09.nc',
      pollIntervalMs: 1,
    });
    check(done.files.length > 2, `${done.files.length} files`);
    check(
      done.files.every(({ path, bytes }) => statSync(path).size === bytes),
      'a length is wrong',
    );
    const missing = await scc.getMeasurement('19990101xxx00').catch((error) => error);
    check(missing instanceof NotFoundError, `missing: ${missing}`);
    await scc.close();
    await server.close();
  },
  /** In memory, through the option `fetch`. */
  'imap by fetch': async () => {
    const sim = simulateImap();
    const imap = new ImapClient({
      baseUrl: sim.baseUrl,
      fetch: sim.fetch,
      dataDir: join(folder, 'imap'),
      ...sim.credentials,
    });
    const files = await imap.query({ instrument: 'mag', startDate: '20260105', version: 'latest' });
    const got = await imap.downloadAll(files.slice(0, 3)).toArray();
    check(got.length === 3 && got.every(({ status }) => status === 'downloaded'), JSON.stringify(got));
    await imap.close();
  },
  hmi: async () => {
    const server = await simulateHmi().listen();
    const hmi = new HmiClient({ baseUrl: server.url });
    const records = hmi.query('hmi.sharp_cea_720s', { start: '2015-12-11T00:00', end: '2015-12-11T00:30' });
    const got = await hmi.download(records, join(folder, 'hmi'), { segments: ['magnetogram'] }).toArray();
    check(
      got.length > 0 && got.every(({ path }) => readFileSync(path, 'latin1').startsWith('SIMPLE')),
      'no FITS files',
    );
    await hmi.close();
    await server.close();
  },
  scops: async () => {
    const sim = simulateScops();
    const server = await sim.listen();
    const scops = new ScopsClient({ baseUrl: server.url, ...sim.credentials });
    const flight = await scops.getFlight({ year: 2014, day: 217 });
    check(flight.lines.length > 0, 'no lines');
    await scops.close();
    await server.close();
  },
  /** netCDF 4 by WebAssembly, and the other formats. */
  read: async () => {
    const shapes = [];
    for (const [name, variable] of [
      ['20210601aky0930.nc', 'Raw_Lidar_Data'],
      ['20210602aky0930.nc', 'Raw_Lidar_Data'],
      ['hmi-magnetogram.fits', 'PRIMARY'],
    ]) {
      const file = await openData(join('data', name));
      const { data, shape } = await file.variables.get(variable).read();
      check(data.length === shape.reduce((product, length) => product * length, 1), name);
      shapes.push(shape.join('x'));
      await file.close();
    }
    check(shapes[0] === shapes[1], shapes.join(' '));
  },
  /** An abort ends a call at once. */
  abort: async () => {
    const sim = simulateImap();
    sim.faults.add({ route: 'GET */query*', fault: { kind: 'stall' } });
    const server = await sim.listen();
    const imap = new ImapClient({ baseUrl: server.url, retries: 0 });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 100);
    const error = await imap.query({ instrument: 'mag' }, { signal: stop.signal }).catch((reason) => reason);
    check(error?.message === 'enough', `it ended with ${error}`);
    await imap.close();
    await server.close();
  },
};

let failed = 0;
for (const [name, part] of Object.entries(PARTS)) {
  try {
    await part();
    console.log(`ok ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${name}: ${error?.message ?? error}`);
    if (process.env.SDC_RUNTIME_DEBUG) console.log(error);
  }
}
rmSync(folder, { recursive: true, force: true });
process.exit(failed === 0 ? 0 : 1);
