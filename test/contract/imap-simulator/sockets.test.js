var __addDisposableResource = (this && this.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (this && this.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});
import { request } from 'node:http';
import { setupServer } from 'msw/node';
import { describe, expect, it } from 'vitest';
import { simulateImap } from '../../../src/testing/imap/simulate.js';
import { baseName, classify } from '../../../src/testing/imap/names/classify.js';
const KEY = 'imap/mag/l2/2026/01/imap_mag_l2_norm-gse_20260105_v001.0001.cdf';
const NEW = 'imap_mag_l1a_norm-mago_20260301_v001.0001.cdf';
/** A PUT that node frames as it likes: without a length it sends chunks. */
function put(url, body, headers = {}) {
    return new Promise((resolve, reject) => {
        const outgoing = request(url, { method: 'PUT', headers }, (incoming) => {
            let text = '';
            incoming.setEncoding('utf8').on('data', (chunk) => (text += chunk));
            incoming.on('end', () => {
                resolve({ status: incoming.statusCode ?? 0, text });
            });
        });
        outgoing.on('error', reject);
        outgoing.write(body.slice(0, 1));
        outgoing.end(body.slice(1));
    });
}
describe('over real sockets', () => {
    it('API and storage are two origins, and a download goes through both', async () => {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const sim = simulateImap();
            const server = __addDisposableResource(env_1, await sim.listen(), true);
            expect(new Set(Object.values(server.origins)).size).toBe(3);
            const reply = await fetch(new URL(`download/${KEY}`, server.url), { redirect: 'manual' });
            const location = reply.headers.get('location') ?? '';
            expect(new URL(location).origin).toBe(server.origins.storage);
            const file = await fetch(location);
            expect(new Uint8Array(await file.arrayBuffer())).toEqual(sim.read(KEY));
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            const result_1 = __disposeResources(env_1);
            if (result_1)
                await result_1;
        }
    });
    it('an upload needs a length: chunks are 501, as S3 has it', async () => {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const sim = simulateImap();
            const server = __addDisposableResource(env_2, await sim.listen(), true);
            const asked = await fetch(new URL(`api-key/upload/${NEW}`, server.url), {
                headers: { 'x-api-key': sim.credentials.apiKey },
            });
            const url = String(await asked.json());
            const chunked = await put(url, 'data');
            expect(chunked.status).toBe(501);
            expect(chunked.text).toContain('<Header>Transfer-Encoding</Header>');
            expect((await put(url, 'data', { 'content-length': '4' })).status).toBe(200);
            expect(sim.read(`imap/mag/l1a/2026/03/${NEW}`)).toHaveLength(4);
        }
        catch (e_2) {
            env_2.error = e_2;
            env_2.hasError = true;
        }
        finally {
            const result_2 = __disposeResources(env_2);
            if (result_2)
                await result_2;
        }
    });
    it('packets come from the third origin, with or without the folders of the real host', async () => {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const sim = simulateImap();
            const server = __addDisposableResource(env_3, await sim.listen(), true);
            const headers = { authorization: `Basic ${sim.credentials.webpodaToken}` };
            for (const folder of ['/ops/imap/poda/dap2/apids', '/apids', '']) {
                const url = `${server.origins.packets ?? ''}${folder}/SID1/apid_1052.txt?project(time)&take(1)`;
                expect(await (await fetch(url, { headers })).text()).toBe('2026-01-05T00:00:00.200\r\n');
            }
        }
        catch (e_3) {
            env_3.error = e_3;
            env_3.hasError = true;
        }
        finally {
            const result_3 = __disposeResources(env_3);
            if (result_3)
                await result_3;
        }
    });
});
it('msw hands requests to the same three services', async () => {
    const sim = simulateImap();
    const server = setupServer(...sim.handlers());
    server.listen({ onUnhandledRequest: 'error' });
    try {
        const reply = await fetch(`${sim.baseUrl}download/${KEY}`);
        expect(new Uint8Array(await reply.arrayBuffer())).toEqual(sim.read(KEY));
        expect(sim.requests.map(({ service }) => service)).toEqual(['api', 'storage']);
    }
    finally {
        server.close();
    }
});
describe('the sample data', () => {
    it('follows the naming rules and has a body for every file, the same each time', () => {
        const [first, second] = [simulateImap(), simulateImap()];
        expect(first.keys().length).toBeGreaterThan(150);
        for (const key of first.keys()) {
            if (!key.startsWith('packets/'))
                expect(classify(baseName(key))?.key).toBe(key);
            expect(first.read(key)?.length).toBeGreaterThan(0);
            expect(first.read(key)?.length).toBeLessThan(16_384);
            expect(first.read(key)).toEqual(second.read(key));
        }
    });
    it('another version has another body', () => {
        const sim = simulateImap();
        expect(sim.read(KEY)).not.toEqual(sim.read(KEY.replace('v001.0001', 'v001.0002')));
        const raw = 'imap/mag/l0/2026/01/imap_mag_l0_raw_20260105_v001.0001.pkts';
        expect(sim.read(raw)).not.toEqual(sim.read(raw.replace('v001.0001', 'v001.0002')));
    });
    it('takes in no file that the archive could not have', () => {
        const sim = simulateImap();
        expect(() => {
            sim.addFile({ name: 'holiday.jpg' });
        }).toThrow(TypeError);
        expect(() => {
            sim.setReleased('imap_mag_l2_nothing_20260105_v001.0001.cdf', true);
        }).toThrow(TypeError);
        sim.addFile({ name: 'naif0013.tls', body: new Uint8Array([1]), coverage: ['2026-01-01', '2026-01-02'] });
        expect(sim.read('imap/spice/lsk/naif0013.tls')).toEqual(new Uint8Array([1]));
    });
    it('a repoint table ends with a repointing that is not over', () => {
        const text = Buffer.from(simulateImap().read('imap/spice/repoint/imap_2026_007_02.repoint.csv') ?? []).toString();
        const rows = text.trim().split('\n');
        expect(rows[0]).toContain('repoint_end_utc,repoint_id');
        expect(rows[1]).toMatch(/,2026-01-03 06:30:00\.000000,102$/);
        expect(rows.at(-1)).toMatch(/,nan,106$/);
    });
});
