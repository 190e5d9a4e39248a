import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { htmlResponse } from '../../../../src/testing/kit/html.js';
import { createClock, createSimulator } from '../../../../src/testing/kit/simulator.js';
describe('handlers for msw', () => {
    const sim = createSimulator({
        centre: 'scc',
        main: 'web',
        services: {
            web: {
                origin: 'https://web.simulated',
                handle: ({ path }) => htmlResponse(`page ${path}`, 200, { 'set-cookie': 'sessionid=1; Path=/' }),
            },
        },
        credentials: undefined,
        clock: createClock({}, '2021-07-01T00:00:00Z'),
        reset: () => undefined,
    });
    const server = setupServer(...sim.handlers());
    beforeAll(() => {
        server.listen({ onUnhandledRequest: 'error' });
    });
    afterEach(() => {
        sim.reset();
    });
    afterAll(() => {
        server.close();
    });
    it('answer the real fetch', async () => {
        expect(await (await fetch('https://web.simulated/')).text()).toBe('page /');
        expect(await (await fetch('https://web.simulated/a/b?c=d')).text()).toBe('page /a/b');
        expect(sim.requests.map((request) => request.url)).toEqual([
            'https://web.simulated/',
            'https://web.simulated/a/b?c=d',
        ]);
    });
    it('keep no cookies of their own, so that a client without a jar stays anonymous', async () => {
        await fetch('https://web.simulated/');
        await fetch('https://web.simulated/');
        expect(sim.requests[1]?.headers.get('cookie')).toBeNull();
    });
    it('record the body of a post', async () => {
        await fetch('https://web.simulated/', { method: 'POST', body: 'hello' });
        expect(sim.requests[0]).toMatchObject({ method: 'POST', bodyBytes: 5, status: 200 });
        expect(new TextDecoder().decode(sim.requests[0]?.body)).toBe('hello');
    });
    it('carry out faults', async () => {
        sim.faults.add({ route: '*', fault: { kind: 'reset' } });
        await expect(fetch('https://web.simulated/')).rejects.toBeInstanceOf(TypeError);
        sim.faults.add({ route: '*', fault: { kind: 'gzip' } });
        const packed = await fetch('https://web.simulated/');
        expect(packed.headers.get('content-encoding')).toBe('gzip');
        expect(await packed.text()).toBe('page /');
    });
});
