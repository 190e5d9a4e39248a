import { createServer } from 'node:https';
import { describe, expect, it } from 'vitest';
import { SCC } from '../../../src/scc/index.js';
import { credentials } from '../../unit/scc/fake-site.js';
import { bench } from '../core/bench.js';
import { openFiles, TELLS_OPEN_FILES } from '../../support/open-files.js';
import { errorIfAny } from '../../support/rejection.js';
import { until } from '../../support/until.js';
import { tempDir } from '../../support/temp-dir.js';
import { listen, UNTRUSTED } from '../../support/server.js';
import { RAW, service, SOUNDING } from './kit.js';

/** A site with a certificate that nobody trusts; it would let everybody in. */
async function impostor(): Promise<{ url: string; seen: string[] }> {
  const seen: string[] = [];
  const server = createServer(UNTRUSTED, (request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    request.resume();
    response.writeHead(302, { 'set-cookie': 'sessionid=x; Path=/', location: '/' }).end();
  });
  return { url: `https://${(await listen(server)).host}/`, seen };
}

const CALLS: Readonly<Record<string, (scc: SCC, at: string) => Promise<unknown>>> = {
  login: (scc) => scc.login(),
  getMeasurement: (scc) => scc.getMeasurement('20210601aky0930'),
  uploadFile: (scc) => scc.uploadFile(RAW, 437),
  downloadFile: (scc, at) => scc.downloadFile('files/x', `${at}/x.zip`),
};

describe('a site whose certificate nobody vouches for (pitfall 41)', () => {
  it.each(Object.entries(CALLS))('is told nothing by %s: no request, no password', async (_name, call) => {
    const { url, seen } = await impostor();
    const scc = new SCC(credentials, { baseUrl: url, retries: 0 });
    await expect(call(scc, tempDir())).rejects.toMatchObject({
      name: 'NetworkError',
      message: expect.stringMatching(/DEPTH_ZERO_SELF_SIGNED_CERT.*NODE_EXTRA_CA_CERTS/u),
    });
    await scc.close();
    expect(seen).toEqual([]);
  });

  it.each([
    ['small calls', false],
    ['files', true],
  ])('is told nothing on the way of %s', async (_what, bulk) => {
    const { url, seen } = await impostor();
    const transport = bench.transport(url);
    const call = { op: { name: 'scc.login' }, url: 'x', bulk, method: 'POST', body: { text: 'secret' } } as const;
    await expect(transport.text(call)).rejects.toThrow(/DEPTH_ZERO_SELF_SIGNED_CERT/u);
    expect(seen).toEqual([]);
  });
});

describe('files that are sent (pitfall 33)', () => {
  it.runIf(TELLS_OPEN_FILES)('are closed again, however the upload ends', async () => {
    const { sim, scc } = await service({ data: { replace: true } });
    const left = (): string[] => openFiles().filter((path) => path === RAW || path === SOUNDING);
    const send = (signal?: AbortSignal): Promise<unknown> =>
      errorIfAny(scc.uploadFile(RAW, 437, { soundingFile: SOUNDING, force: true, ...(signal && { signal }) }));
    expect(await send()).toBeUndefined();
    expect(left()).toEqual([]);
    sim.nextUpload({ kind: 'alert', texts: ['no'] });
    expect(await send()).toMatchObject({ name: 'SCCError' });
    expect(left()).toEqual([]);
    sim.faults.add({ route: 'POST /data_processing/*', fault: { kind: 'reset' } });
    expect(await send()).toMatchObject({ name: 'NetworkError' });
    await until(() => left().length === 0);
    const control = new AbortController();
    sim.faults.add({ route: 'POST /data_processing/*', fault: { kind: 'stall' } });
    const aborted = send(control.signal);
    await until(() => sim.faults.fired === 2);
    control.abort('enough');
    expect(await aborted).toBe('enough');
    await until(() => left().length === 0);
  });
});
