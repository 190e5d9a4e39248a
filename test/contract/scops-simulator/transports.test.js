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
import { describe, expect, it } from 'vitest';
import { simulateScops } from '../../../src/testing/index.js';
import { MINUTE, Site, SMALL_ORDER } from './support.js';
const PAGE = 'jobrequest?project=GB13_08&year=2014&day=217';
describe('the simulator', () => {
    it('shows the login of a sample project, which works at once', async () => {
        const sim = simulateScops();
        expect(sim.baseUrl).toBe('https://scops.simulated/processor/');
        const { project, password } = sim.credentials;
        const headers = { authorization: `Basic ${btoa(`${project}:${password}`)}` };
        expect((await sim.fetch(sim.baseUrl + PAGE, { headers })).status).toBe(200);
        expect(sim.requests).toHaveLength(1);
    });
    it('is reached through msw', async () => {
        const site = new Site();
        const server = setupServer(...site.sim.handlers());
        server.listen({ onUnhandledRequest: 'error' });
        try {
            const headers = { authorization: site.authorization() };
            const answer = await fetch(site.sim.baseUrl + PAGE, { headers });
            expect(await answer.text()).toContain('Project Code: GB13_08');
        }
        finally {
            server.close();
        }
    });
    it('serves real sockets, under which absolute redirects name the loopback address', async () => {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const site = new Site({ host: '2018' });
            const listening = __addDisposableResource(env_1, await site.sim.listen(), true);
            expect(listening.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/processor\/$/);
            const form = new FormData();
            for (const [name, value] of Object.entries(SMALL_ORDER)) {
                if (typeof value === 'string')
                    form.set(name, value);
            }
            const answer = await fetch(`${listening.url}progress`, {
                method: 'POST',
                body: form,
                redirect: 'manual',
                headers: { authorization: site.authorization() },
            });
            expect(answer.status).toBe(302);
            expect(answer.headers.get('location')).toBe(`${listening.url}bandratio/GB13_08_2014_217_20180307152824?project=GB13_08`);
            expect(answer.headers.get('date')).toBe('Wed, 07 Mar 2018 15:28:24 GMT');
            await answer.body?.cancel();
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
    it('sees the time pass with each request, if asked to', async () => {
        const site = new Site({ clock: { perRequestMs: 30_000 } });
        const name = await site.ordered();
        await site.get(`confirm/${name}`);
        for (let request = 0; request < 8; request += 1)
            await site.get('jobrequest');
        expect(site.sim.processingIds).toHaveLength(1);
    });
    it('follows the wall clock, sped up, if asked to', async () => {
        const site = new Site({ clock: { mode: 'real', start: '2018-03-07T15:28:24Z', speed: 100_000 } });
        const name = await site.ordered();
        await site.get(`confirm/${name}`);
        await expect.poll(() => site.sim.processingIds.length, { interval: 5, timeout: 10_000 }).toBe(1);
        await expect.poll(() => site.sim.outbox.length, { interval: 5, timeout: 10_000 }).toBeGreaterThanOrEqual(5);
    });
    it('breaks on demand like the others', async () => {
        const site = new Site();
        site.sim.faults.add({ route: 'GET /processor/status/*', fault: { kind: 'status', status: 500 } });
        const id = await site.submitted();
        expect((await site.get(`status/${id}`)).status).toBe(500);
        expect((await site.get(`status/${id}`)).status).toBe(200);
    });
    it('stands a year without orders in no time', () => {
        const site = new Site();
        site.sim.clock.advance(365 * 24 * 60 * MINUTE);
        expect(site.sim.cronLog).toEqual([]);
    });
});
