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
import { setupServer } from 'msw/node';
import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { simulateHmi } from '../../../src/testing/hmi/simulate.js';
import { below, get, rows } from './support.js';
const LIST = 'HMI/hmi.sharp_720s?start=2015-12-11T00:00:00Z&end=2015-12-12T00:00:00Z';
const MAGNETOGRAM = 'HMI/hmi.sharp_720s/5605571/magnetogram.fits';
/** Status, headers and raw body over a socket, without any decoding. */
function raw(url, headers = {}) {
    return new Promise((resolve, reject) => {
        const asked = request(url, { headers, agent: false }, (answer) => {
            const chunks = [];
            answer.on('data', (chunk) => chunks.push(chunk));
            answer.on('end', () => {
                resolve({ headers: answer.headers, body: Buffer.concat(chunks) });
            });
            answer.on('error', reject);
        });
        asked.on('error', reject);
        asked.end();
    });
}
describe('discovery', () => {
    it('moves /ui to /ui/, a page', async () => {
        const sim = simulateHmi({ basePath: '/prefix/' });
        const moved = await get(sim, 'ui', { redirect: 'manual' });
        expect([moved.status, moved.headers.get('location')]).toEqual([301, `${sim.baseUrl}ui/`]);
        const page = await get(sim, 'ui');
        expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
        expect(await page.text()).toContain('<title>Swagger UI</title>');
    });
    it.each([
        [1, ['/HMI/{series}', '/HMI/{series}/{file}']],
        [2, ['/HMI/{series}', '/HMI/{series}/{file}']],
        [3, ['/HMI/{series}', '/HMI/{series}/{recnum}/{segment}']],
        [4, ['/HMI/{series}', '/HMI/{series}/{recnum}/{segment}', '/HMI/{series}/meta/{recnum}']],
    ])('generation %i describes its routes', async (generation, paths) => {
        const response = await get(simulateHmi({ generation }), 'swagger.json');
        const body = (await response.json());
        expect(body.swagger).toBe('2.0');
        expect(Object.keys(body.paths)).toEqual(paths);
    });
    it('describes dates and the metadata route as they are switched', async () => {
        const text = async (options) => (await get(simulateHmi(options), 'swagger.json')).text();
        expect(await text({ strictDates: true })).toContain('date-time');
        expect(await text({})).not.toContain('date-time');
        expect(await text({ metaRoute: 'absent' })).not.toContain('/meta/');
    });
});
describe('headers', () => {
    it('allows every origin to read the file name, on answers and refusals', async () => {
        for (const path of [LIST, MAGNETOGRAM, 'nothing', 'HMI/hmi.sharp_720s?start=x&end=y']) {
            const { headers } = await get(simulateHmi(), path);
            expect(headers.get('access-control-allow-origin')).toBe('*');
            expect(headers.get('access-control-expose-headers')).toBe('content-type, content-disposition');
        }
    });
    it.each([LIST, MAGNETOGRAM, 'swagger.json', 'ui/', 'HMI/hmi.sharp_720s/meta/5601499'])('HEAD %s has the headers of GET and no body', async (path) => {
        const sim = simulateHmi();
        const [head, whole] = [await get(sim, path, { method: 'HEAD' }), await get(sim, path)];
        expect([...head.headers]).toEqual([...whole.headers]);
        expect(head.headers.has('content-length')).toBe(true);
        expect([head.status, await head.text()]).toEqual([200, '']);
    });
    it('answers OPTIONS, with more for a preflight', async () => {
        const plain = await get(simulateHmi(), LIST, { method: 'OPTIONS' });
        expect([plain.status, plain.headers.get('allow')]).toEqual([200, 'HEAD, OPTIONS, GET']);
        expect(plain.headers.has('access-control-allow-methods')).toBe(false);
        const headers = { 'access-control-request-method': 'GET', 'access-control-request-headers': 'range' };
        const preflight = await get(simulateHmi(), MAGNETOGRAM, { method: 'OPTIONS', headers });
        expect(preflight.headers.get('access-control-allow-methods')).toContain('GET');
        expect(preflight.headers.get('access-control-allow-headers')).toBe('range');
        expect((await get(simulateHmi(), 'nothing', { method: 'OPTIONS' })).status).toBe(404);
    });
    it('tells its own time', async () => {
        const sim = simulateHmi({ clock: { start: '2016-01-01T00:00:00Z' } });
        sim.clock.advance(60_000);
        expect((await get(sim, LIST)).headers.get('date')).toBe('Fri, 01 Jan 2016 00:01:00 GMT');
    });
});
describe('compression', () => {
    it('packs JSON from 500 bytes on for who accepts it, never FITS', async () => {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const server = __addDisposableResource(env_1, await simulateHmi().listen(), true);
            const accept = { 'accept-encoding': 'deflate, gzip;q=0.8' };
            const packed = await raw(server.url + LIST, accept);
            expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
            expect(packed.headers['content-length']).toBe(String(packed.body.length));
            const plain = await raw(server.url + LIST);
            expect(plain.headers['content-encoding']).toBeUndefined();
            expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
            for (const path of [MAGNETOGRAM, 'HMI/hmi.sharp_720s?start=2011-01-01&end=2011-01-02', 'nothing']) {
                expect((await raw(server.url + path, accept)).headers['content-encoding']).toBeUndefined();
            }
            expect((await raw(server.url + LIST, { 'accept-encoding': 'gzip;q=0, br' })).headers['content-encoding']).toBeUndefined();
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
    it('is read by fetch, and can be switched off', async () => {
        const init = { headers: { 'accept-encoding': 'gzip' } };
        const packed = await get(simulateHmi(), LIST, init);
        expect(packed.headers.get('content-encoding')).toBe('gzip');
        const plain = await get(simulateHmi({ gzip: false }), LIST, init);
        expect(plain.headers.get('content-encoding')).toBeNull();
        expect(await packed.json()).toEqual(await plain.json());
    });
});
describe('HTTP/1.0', () => {
    it('has no length and closes, for lists and files (pitfall 24)', async () => {
        const env_2 = { stack: [], error: void 0, hasError: false };
        try {
            const sim = simulateHmi({ http10: true });
            const server = __addDisposableResource(env_2, await sim.listen(), true);
            for (const path of [LIST, MAGNETOGRAM]) {
                const { headers, body } = await raw(server.url + path);
                expect(headers['content-length']).toBeUndefined();
                expect(headers['transfer-encoding']).not.toBe('chunked');
                expect(headers.connection).toBe('close');
                const viaFetch = await get(sim, path);
                expect(viaFetch.headers.get('content-length')).toBeNull();
                expect(Buffer.from(await viaFetch.arrayBuffer()).equals(body)).toBe(true);
                expect(Buffer.from(await (await fetch(server.url + path)).arrayBuffer()).equals(body)).toBe(true);
            }
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
    it('a short body looks like a whole one (pitfall 24)', async () => {
        const env_3 = { stack: [], error: void 0, hasError: false };
        try {
            const server = __addDisposableResource(env_3, await simulateHmi({ http10: true, body: new Uint8Array(4000) }).listen(), true);
            const response = await fetch(server.url + MAGNETOGRAM);
            expect((await response.arrayBuffer()).byteLength).toBe(4000);
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
describe('load', () => {
    it('waits before each answer, by kind of route', async () => {
        const kinds = [];
        const latencyMs = (kind) => {
            kinds.push(kind);
            return 1;
        };
        const sim = simulateHmi({ latencyMs });
        for (const path of [LIST, MAGNETOGRAM, 'HMI/hmi.sharp_720s/meta/1', 'ui/', 'swagger.json', 'nothing'])
            await get(sim, path);
        expect(kinds).toEqual(['list', 'file', 'meta', 'ui', 'swagger', 'unknown']);
        expect((await get(simulateHmi({ latencyMs: 1 }), LIST)).status).toBe(200);
    });
    it('a client that goes away during the wait harms nobody', async () => {
        const env_4 = { stack: [], error: void 0, hasError: false };
        try {
            const server = __addDisposableResource(env_4, await simulateHmi({
                latencyMs: (kind) => (kind === 'list' ? 5000 : 0),
                singleThread: true,
            }).listen(), true);
            const controller = new AbortController();
            const lost = fetch(server.url + LIST, { signal: controller.signal });
            setTimeout(() => {
                controller.abort(new Error('enough'));
            }, 20);
            await expect(lost).rejects.toThrow('enough');
            expect((await fetch(server.url + MAGNETOGRAM)).status).toBe(200);
        }
        catch (e_4) {
            env_4.error = e_4;
            env_4.hasError = true;
        }
        finally {
            const result_4 = __disposeResources(env_4);
            if (result_4)
                await result_4;
        }
    });
    it('serves one at a time by switch (pitfall 27)', async () => {
        let busy = 0;
        let most = 0;
        const body = () => new Uint8Array(2880);
        const latencyMs = () => {
            busy += 1;
            most = Math.max(most, busy);
            return 2;
        };
        const run = async (singleThread) => {
            most = busy = 0;
            const sim = simulateHmi({
                singleThread,
                latencyMs,
                body: () => {
                    busy -= 1;
                    return body();
                },
            });
            const answers = await Promise.all(Array.from({ length: 5 }, () => get(sim, MAGNETOGRAM)));
            expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
            return most;
        };
        expect(await run(true)).toBe(1);
        expect(await run(false)).toBe(5);
    });
});
describe('faults on this service', () => {
    it('breaks a list with a message and status 200, once (pitfall 23)', async () => {
        const sim = simulateHmi();
        const body = '{"message":"database is locked"}';
        sim.faults.add({
            route: 'GET /HMI/*',
            fault: { kind: 'status', status: 200, body, contentType: 'application/json' },
        });
        expect(await (await get(sim, LIST)).text()).toBe(body);
        expect(Array.isArray(await (await get(sim, LIST)).json())).toBe(true);
        expect(sim.requests.map(({ status }) => status)).toEqual([200, 200]);
    });
    it('has no credentials, and forgets requests and faults on reset', async () => {
        const sim = simulateHmi();
        sim.faults.add({ route: '*', times: Infinity, fault: { kind: 'html', status: 500 } });
        expect((await get(sim, LIST)).status).toBe(500);
        sim.reset();
        expect([sim.credentials, sim.requests]).toEqual([{}, []]);
        expect((await get(sim, LIST)).status).toBe(200);
    });
});
describe('other ways in', () => {
    it('serves the same over msw', async () => {
        const sim = simulateHmi({ urlHost: 'echo' });
        const server = setupServer(...sim.handlers());
        server.listen({ onUnhandledRequest: 'error' });
        try {
            const viaMsw = await (await fetch(sim.baseUrl + LIST)).json();
            expect(viaMsw).toEqual(await (await get(sim, LIST)).json());
        }
        finally {
            server.close();
        }
    });
    it('prints the address of its socket where URLs echo the host', async () => {
        const env_5 = { stack: [], error: void 0, hasError: false };
        try {
            const sim = simulateHmi({ urlHost: 'echo' });
            const server = __addDisposableResource(env_5, await sim.listen(), true);
            const list = (await (await fetch(server.url + LIST)).json());
            const url = list[0]?.urls[0] ?? '';
            expect(url.startsWith(`${server.url}HMI/`)).toBe(true);
            expect((await fetch(url)).status).toBe(200);
            expect((await get(sim, below(url))).status).toBe(200);
        }
        catch (e_5) {
            env_5.error = e_5;
            env_5.hasError = true;
        }
        finally {
            const result_5 = __disposeResources(env_5);
            if (result_5)
                await result_5;
        }
    });
    it('records what was asked', async () => {
        const sim = simulateHmi();
        await rows(sim, 'hmi.sharp_720s', '2015-12-11', '2015-12-12');
        expect(sim.requests).toMatchObject([{ method: 'GET', path: '/HMI/hmi.sharp_720s', status: 200 }]);
        expect(sim.requests[0]?.query.get('end')).toBe('2015-12-12');
    });
});
