import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { SCC } from '../../../src/scc/index.js';
import { credentials } from '../../unit/scc/fake-site.js';
import { useBench } from '../core/bench.js';
import { failureOf, folder, RAW, service, SOUNDING, until } from './kit.js';
const bench = useBench();
// Made for this test alone, with `openssl req -x509`: no authority vouches for it.
const PEM = fileURLToPath(new URL('../../fixtures/scc/nobody-trusts-this.pem', import.meta.url));
/** A site with a certificate that nobody trusts; it would let everybody in. */
async function impostor() {
    const pem = await readFile(PEM);
    const seen = [];
    const server = createServer({ cert: pem, key: pem }, (request, response) => {
        seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
        request.resume();
        response.writeHead(302, { 'set-cookie': 'sessionid=x; Path=/', location: '/' }).end();
    });
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { url: `https://127.0.0.1:${server.address().port}/`, seen };
}
const CALLS = {
    login: (scc) => scc.login(),
    getMeasurement: (scc) => scc.getMeasurement('20210601aky0930'),
    uploadFile: (scc) => scc.uploadFile(RAW, 437),
    downloadFile: (scc, at) => scc.downloadFile('files/x', `${at}/x.zip`),
};
describe('a site whose certificate nobody vouches for (pitfall 41)', () => {
    it.each(Object.entries(CALLS))('is told nothing by %s: no request, no password', async (_name, call) => {
        const { url, seen } = await impostor();
        const scc = new SCC(credentials, { baseUrl: url, retries: 0 });
        await expect(call(scc, await folder())).rejects.toMatchObject({
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
        const call = { operation: 'scc.login', url: 'x', bulk, method: 'POST', body: { text: 'secret' } };
        await expect(transport.text(call)).rejects.toThrow(/DEPTH_ZERO_SELF_SIGNED_CERT/u);
        expect(seen).toEqual([]);
    });
});
describe('files that are sent (pitfall 33)', () => {
    const openFiles = () => readdirSync('/proc/self/fd').flatMap((number) => {
        try {
            return [readlinkSync(`/proc/self/fd/${number}`)];
        }
        catch {
            return [];
        }
    });
    it.runIf(existsSync('/proc/self/fd'))('are closed again, however the upload ends', async () => {
        const { sim, scc } = await service({ data: { replace: true } });
        const left = () => openFiles().filter((path) => path === RAW || path === SOUNDING);
        const send = (signal) => failureOf(scc.uploadFile(RAW, 437, { soundingFile: SOUNDING, force: true, ...(signal && { signal }) }));
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
