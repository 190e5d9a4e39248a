import { afterEach, describe, expect, it, vi } from 'vitest';
import { callerOf } from './caller.js';
const ONE = 'query?instrument=mag&data_level=l2';
afterEach(() => {
    vi.useRealTimers();
});
describe('the gateway of 2026 (section 2.6)', () => {
    it('serves all three prefixes to whoever has the right credential', async () => {
        const caller = callerOf();
        expect((await caller.get(`/${ONE}`)).status).toBe(200);
        expect((await caller.get(`/api-key/${ONE}`, caller.key)).status).toBe(200);
        expect((await caller.get(`/api-key/${ONE}`, caller.readKey)).status).toBe(200);
        expect((await caller.get(`/authorized/${ONE}`, caller.bearer)).status).toBe(200);
    });
    it.each([
        ['no key', `/api-key/${ONE}`, {}, 401, 'Unauthorized'],
        ['an unknown key', `/api-key/${ONE}`, { 'x-api-key': 'wrong' }, 403, 'Forbidden'],
        ['no token', `/authorized/${ONE}`, {}, 401, 'Unauthorized'],
        ['a bad token', `/authorized/${ONE}`, { authorization: 'Bearer wrong' }, 401, 'Unauthorized'],
        ['an unknown route', '/nowhere', {}, 404, 'Not Found'],
        ['a double slash', `//${ONE}`, {}, 404, 'Not Found'],
        ['both prefixes', `/api-key/authorized/${ONE}`, {}, 404, 'Not Found'],
        ['a deeper path than the route', '/spice-query/x?type=leapseconds', {}, 404, 'Not Found'],
        ['a method of Object', '/constructor', {}, 404, 'Not Found'],
    ])('refuses %s', async (_what, path, headers, status, message) => {
        const caller = callerOf();
        const url = caller.sim.baseUrl.slice(0, -1) + path;
        const reply = await caller.send(url, { headers });
        expect(reply.status).toBe(status);
        expect(reply.json).toEqual({ message });
    });
    it('judges the route before the credential', async () => {
        const caller = callerOf();
        expect((await caller.get('/authorized/upload/x')).status).toBe(404);
        expect((await caller.get('/upload/x')).status).toBe(404);
        expect((await caller.get('/release?release_type=release')).status).toBe(404);
        expect((await caller.send(`${caller.sim.baseUrl}query?table=science`, { method: 'POST' })).status).toBe(404);
    });
    it('has uploads below every prefix on the dev host, releases for keys only', async () => {
        const caller = callerOf({ stage: 'dev' });
        const name = 'imap_mag_l1a_norm-mago_20260301_v001.0001.cdf';
        expect((await caller.get(`/upload/${name}`)).status).toBe(200);
        expect((await caller.get(`/authorized/upload/${name}`, caller.bearer)).status).toBe(200);
        expect((await caller.get('/authorized/release?release_type=release', caller.bearer)).status).toBe(404);
    });
    it('has the SPICE query for the public only when asked to be an older server', async () => {
        const caller = callerOf({ spicePrefixes: 'public' });
        expect((await caller.get('/spice-query?type=leapseconds')).status).toBe(200);
        expect((await caller.get('/api-key/spice-query?type=leapseconds', caller.key)).status).toBe(404);
    });
    it('knows the keys and tokens of its options, and no others', async () => {
        const caller = callerOf({ apiKeys: { mine: 'read', better: 'full' }, accessTokens: ['t'] });
        expect(caller.sim.credentials).toMatchObject({ apiKey: 'better', accessToken: 't' });
        expect(caller.sim.readOnlyApiKey).toBe('mine');
        expect((await caller.get(`/api-key/${ONE}`, { 'x-api-key': 'mine' })).status).toBe(200);
        expect((await callerOf({ apiKeys: ['a'] }).get(`/api-key/${ONE}`, { 'x-api-key': 'a' })).status).toBe(200);
        expect((await callerOf({ apiKeys: [{ key: 'b', scope: 'read' }] }).get(`/api-key/${ONE}`, { 'x-api-key': 'b' })).status).toBe(200);
    });
    it('takes the key below /api-key even when a bearer token comes along', async () => {
        const caller = callerOf();
        expect((await caller.get(`/api-key/${ONE}`, { ...caller.key, ...caller.bearer })).status).toBe(200);
    });
    it('gives every answer a request id and shows a landing page', async () => {
        const caller = callerOf();
        expect((await caller.get('/nowhere')).headers.get('apigw-requestid')).toMatch(/^sim\d+$/);
        expect((await caller.get('/')).text).toContain('IMAP Science Data Center');
    });
    it('answers late, and after 30 seconds not at all', async () => {
        const late = callerOf({ latencyMs: 5 });
        expect((await late.get(`/${ONE}`)).status).toBe(200);
        vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
        const slow = callerOf({ latencyMs: 60_000 });
        const given = slow.get(`/${ONE}`);
        await vi.advanceTimersByTimeAsync(30_000);
        expect(await given).toMatchObject({ status: 503, json: { message: 'Service Unavailable' } });
    });
    it('lets go when the caller does', async () => {
        const controller = new AbortController();
        const never = callerOf({ latencyMs: 60_000 });
        const pending = never.sim.fetch(`${never.sim.baseUrl}${ONE}`, { signal: controller.signal });
        controller.abort(new Error('enough'));
        await expect(pending).rejects.toThrow('enough');
    });
});
