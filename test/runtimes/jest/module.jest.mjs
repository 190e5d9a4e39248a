import { describe, expect, test } from '@jest/globals';
import { ImapClient, isSdcError, NotFoundError, SCC } from '@lab/sdc';
import { openData } from '@lab/sdc/read';
import { simulateImap, simulateScc } from '@lab/sdc/testing';

describe('as ES modules', () => {
  test('a client talks to a simulated centre, with dates of the test', async () => {
    const sim = simulateScc({ clock: { perRequestMs: 60_000 } });
    const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch });
    const span = { dateStart: new Date('2021-06-01'), dateEnd: new Date('2021-06-03') };
    expect((await scc.queryMeasurements(span).toArray()).length).toBeGreaterThan(0);
    const error = await scc.getMeasurement('19990101xxx00').catch((reason) => reason);
    expect(error).toBeInstanceOf(NotFoundError);
    expect(isSdcError(error, 'not-found')).toBe(true);
    await scc.close();
  });

  test('over real sockets', async () => {
    const server = await simulateImap().listen();
    const imap = new ImapClient({ baseUrl: server.url });
    expect((await imap.query({ instrument: 'mag' })).length).toBeGreaterThan(0);
    await imap.close();
    await server.close();
  });

  test('bad arguments are a TypeError', async () => {
    const imap = new ImapClient({ baseUrl: 'http://127.0.0.1:1' });
    await expect(imap.query({ instrument: 'mag', colour: 'red' })).rejects.toThrow(TypeError);
    await imap.close();
  });

  test('files are read, WebAssembly included', async () => {
    const file = await openData('data/20210601aky0930.nc');
    expect((await file.variables.get('Raw_Lidar_Data').read()).shape).toEqual([20, 4, 600]);
    await file.close();
  });
});
