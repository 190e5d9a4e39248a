import { describe, expect, it } from 'vitest';
import { createClock } from '../../../../src/testing/kit/clock.js';
import { createFaultPlan } from '../../../../src/testing/kit/fault-plan.js';
import { serveBytes } from '../../../../src/testing/kit/files.js';
import { escapeHtml, page } from '../../../../src/testing/kit/html.js';
import { makeZip } from '../../../../src/testing/kit/zip.js';
describe('the clock of a simulator', () => {
    it('stands still unless it is advanced or counts requests', () => {
        const clock = createClock({ perRequestMs: 10 }, '2021-07-01T00:00:00Z');
        expect(new Date(clock.now()).toISOString()).toBe('2021-07-01T00:00:00.000Z');
        clock.advance(5);
        clock.tick();
        expect(clock.now()).toBe(Date.UTC(2021, 6, 1) + 15);
        clock.reset();
        expect(clock.now()).toBe(Date.UTC(2021, 6, 1));
    });
    it('follows the wall clock where that is asked, sped up and from another start', () => {
        const real = createClock({ mode: 'real' }, '2021-07-01T00:00:00Z');
        expect(Math.abs(real.now() - Date.now())).toBeLessThan(1000);
        const moved = createClock({ mode: 'real', start: '2022-01-01', speed: 1000 }, '2021-07-01T00:00:00Z');
        expect(moved.now()).toBeGreaterThanOrEqual(Date.UTC(2022, 0, 1));
        moved.advance(1e9);
        expect(moved.now()).toBeGreaterThanOrEqual(Date.UTC(2022, 0, 1) + 1e9);
    });
    it('refuses a start that is no date', () => {
        expect(() => createClock({ start: 'soon' }, '2021-07-01T00:00:00Z')).toThrow(TypeError);
    });
});
describe('a fault plan', () => {
    const request = (path, method = 'GET') => new Request(`https://x.simulated${path}`, { method });
    it.each([
        ['GET /api/v1/*', '/api/v1/a/b', 'GET', true],
        ['GET /api/v1/*', '/api/v1/a', 'POST', false],
        ['/api/v1/*', '/api/v1/a', 'POST', true],
        ['* /a.b', '/axb', 'GET', false],
        ['GET /a b', '/a%20b', 'GET', true],
        ['GET /a', '/a?query=1', 'GET', true],
        ['*', '/', 'HEAD', true],
    ])('matches %s with %s %s: %s', (route, path, method, expected) => {
        const plan = createFaultPlan();
        plan.add({ route, fault: { kind: 'gzip' } });
        expect(plan.next(request(path, method)) !== undefined).toBe(expected);
    });
    it('strikes with the first rule that fits, as often as it says, then with the next', () => {
        const plan = createFaultPlan();
        plan.add({ route: /\?x=1/, times: 1, fault: { kind: 'reset' } });
        plan.add({ route: (asked) => asked.method === 'GET', times: Infinity, fault: { kind: 'gzip' } });
        const kinds = ['/?x=1', '/?x=1', '/'].map((path) => plan.next(request(path))?.kind);
        expect([kinds, plan.fired]).toEqual([['reset', 'gzip', 'gzip'], 3]);
        plan.clear();
        expect([plan.next(request('/')), plan.fired]).toEqual([undefined, 0]);
    });
});
describe('serveBytes', () => {
    const content = new TextEncoder().encode('0123456789');
    const serve = (headers, options = {}, method = 'GET') => serveBytes(new Request('https://x.simulated/', { headers, method }), content, options);
    it.each([
        ['bytes=0-', 206, '0123456789'],
        ['bytes=2-4', 206, '234'],
        ['bytes=-3', 206, '789'],
        ['bytes=8-99', 206, '89'],
        ['bytes=10-', 416, ''],
        ['bytes=-0', 416, ''],
        ['bytes=4-2', 200, '0123456789'],
        ['lines=1-', 200, '0123456789'],
    ])('answers %s with %i', async (range, status, body) => {
        const response = serve({ range });
        expect([response.status, await response.text()]).toEqual([status, body]);
        expect(response.headers.get('content-length')).toBe(String(body.length));
    });
    it.each([
        ['"a"', 206],
        ['"b"', 200],
        ['W/"a"', 200],
        ['Thu, 01 Jul 2021 00:00:00 GMT', 206],
        ['Fri, 02 Jul 2021 00:00:00 GMT', 200],
    ])('takes If-Range %s into account', (condition, status) => {
        const options = { etag: '"a"', lastModified: new Date('2021-07-01T00:00:00Z') };
        expect(serve({ range: 'bytes=1-', 'if-range': condition }, options).status).toBe(status);
    });
    it('knows no ranges where that is switched off, and no body for HEAD', async () => {
        const plain = serve({ range: 'bytes=1-' }, { ranges: false, type: 'text/plain', disposition: 'attachment' });
        expect([plain.status, plain.headers.get('accept-ranges')]).toEqual([200, null]);
        expect(plain.headers.get('content-disposition')).toBe('attachment');
        const head = serve({}, {}, 'HEAD');
        expect([head.headers.get('content-length'), await head.text()]).toEqual(['10', '']);
    });
    it('makes large content while it is read', async () => {
        const reads = [];
        const lazy = {
            size: 1e9,
            read: (start, end) => {
                reads.push(end - start);
                return new Uint8Array(end - start);
            },
        };
        const response = serveBytes(new Request('https://x.simulated/'), lazy);
        const reader = response.body?.getReader();
        await reader?.read();
        await reader?.cancel();
        expect(reads).toEqual([65536]);
    });
});
describe('pages and archives', () => {
    it('escape what would be markup', () => {
        expect(escapeHtml(`<a href="x">&'`)).toBe('&lt;a href=&quot;x&quot;&gt;&amp;&#x27;');
        expect(page('a < b', '<p>')).toContain('<title>a &lt; b</title>');
    });
    it('make the empty archive of 22 bytes, and the same bytes each time', () => {
        expect(Buffer.from(makeZip([])).toString('latin1', 0, 4)).toBe('PK\x05\x06');
        expect(makeZip([])).toHaveLength(22);
        const members = [{ name: 'a/b.txt', data: 'b'.repeat(100) }];
        expect(makeZip(members)).toEqual(makeZip(members));
        expect(makeZip(members, { store: true }).length).toBeGreaterThan(makeZip(members).length);
    });
});
