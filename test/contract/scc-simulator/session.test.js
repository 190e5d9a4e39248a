import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { simulateScc } from '../../../src/testing/index.js';
import { Browser, loggedIn, text } from './browser.js';
describe('simulated SCC: site login', () => {
    it('asks for HTTP Basic on every path, before anything else', async () => {
        const sim = simulateScc();
        const browser = new Browser(sim);
        browser.basic = false;
        for (const path of ['', 'accounts/login/', 'api/v1/measurements/', 'admin/', 'nowhere']) {
            const response = await browser.send(path);
            expect([response.status, response.headers.get('www-authenticate')]).toEqual([
                401,
                expect.stringMatching(/^Basic /),
            ]);
        }
    });
    it('can be switched off', async () => {
        const browser = new Browser(simulateScc({ basicAuth: false }));
        browser.basic = false;
        expect((await browser.send('accounts/login/')).status).toBe(200);
    });
});
describe('simulated SCC: account login', () => {
    it.each([
        ['legacy', 64],
        ['3.2', 64],
        ['5.2', 32],
        ['main', 32],
    ])('sets and rotates a CSRF token of Django %s', async (profile, length) => {
        const browser = new Browser(simulateScc({ profile }));
        await browser.send('accounts/login/');
        const before = browser.jar.get('csrftoken');
        expect(before).toHaveLength(length);
        const { username, password } = browser.sim.credentials;
        const response = await browser.post('accounts/login/', { username, password });
        expect(response.status).toBe(302);
        expect(response.headers.getSetCookie().join('\n')).toMatch(/sessionid=.*HttpOnly/);
        expect(browser.jar.get('csrftoken')).not.toBe(before);
        const old = await browser.post('accounts/logout/', {}, { 'x-csrftoken': before ?? '' });
        expect(old.status).toBe(403);
    });
    it('answers a wrong password with the form and its phrase, and no session', async () => {
        const browser = new Browser(simulateScc());
        await browser.send('accounts/login/');
        const response = await browser.post('accounts/login/', { username: 'x', password: 'y' });
        expect(response.status).toBe(200);
        expect(await response.text()).toContain('<div class="alert-box alert"><p>Wrong username or password</p></div>');
        expect(browser.jar.has('sessionid')).toBe(false);
    });
    it('takes the token from the hidden field too, and the root as referrer', async () => {
        const browser = new Browser(simulateScc());
        const { page } = await browser.get('accounts/login/');
        const token = page.querySelector('input[name=csrfmiddlewaretoken]')?.getAttribute('value') ?? '';
        expect(token).toHaveLength(64);
        const { username, password } = browser.sim.credentials;
        const fields = { username, password, csrfmiddlewaretoken: token };
        expect((await browser.post('accounts/login/', fields, { 'x-csrftoken': '' })).status).toBe(302);
    });
    it.each([
        ['no referrer', { referer: '' }, 'Referer header'],
        ['a foreign referrer', { referer: 'https://elsewhere.example/' }, 'Referer checking failed'],
        ['no token', { 'x-csrftoken': '' }, 'CSRF token missing'],
    ])('refuses a POST with %s', async (_label, headers, words) => {
        const browser = await loggedIn(simulateScc({ profile: '3.2' }));
        const response = await browser.post('accounts/logout/', {}, headers);
        const html = await response.text();
        expect(response.status).toBe(403);
        expect(response.headers.getSetCookie()).toEqual([]);
        expect(html).toContain('<div id="summary"><h1>Forbidden <span>(403)</span></h1>');
        expect(html).toContain('CSRF verification failed. Request aborted.');
        expect(html).toContain(words);
    });
    it('refuses a POST without the CSRF cookie', async () => {
        const browser = await loggedIn(simulateScc());
        browser.jar.delete('csrftoken');
        const response = await browser.post('accounts/logout/', {}, { 'x-csrftoken': 'A'.repeat(32) });
        expect([response.status, await response.text()]).toEqual([403, expect.stringContaining('CSRF cookie')]);
    });
    it.each([
        ['3.2', 'null', 302],
        ['5.2', 'null', 403],
        ['5.2', 'https://elsewhere.example', 403],
        ['5.2', 'https://scc.simulated', 302],
    ])('checks the origin from Django 5 on: %s with %s', async (profile, origin, status) => {
        const browser = new Browser(simulateScc({ profile }));
        await browser.send('accounts/login/');
        const { username, password } = browser.sim.credentials;
        expect((await browser.post('accounts/login/', { username, password }, { origin })).status).toBe(status);
    });
});
describe('simulated SCC: logout', () => {
    it('works with GET up to Django 4', async () => {
        const browser = await loggedIn(simulateScc({ profile: '3.2' }));
        expect((await browser.send('accounts/logout/')).status).toBe(200);
        expect(browser.jar.has('sessionid')).toBe(false);
        expect(browser.sim.sessionCount).toBe(0);
    });
    it('refuses GET from Django 5 on, and takes POST', async () => {
        const browser = await loggedIn(simulateScc({ profile: '5.2' }));
        const refused = await browser.send('accounts/logout/');
        expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
        expect(browser.sim.sessionCount).toBe(1);
        expect((await browser.post('accounts/logout/', {})).status).toBe(302);
        expect(browser.sim.sessionCount).toBe(0);
    });
});
describe('simulated SCC: a session that is over', () => {
    it('ends after so many requests', async () => {
        const browser = await loggedIn(simulateScc({ sessionExpiresAfter: 2 }));
        const seen = [];
        for (let turn = 0; turn < 3; turn += 1)
            seen.push((await browser.send('api/v1/measurements/')).status);
        expect(seen).toEqual([200, 200, 401]);
    });
    it('leads from an admin page to the grappelli login', async () => {
        const browser = await loggedIn(simulateScc());
        browser.sim.expireSessions();
        const first = await browser.send('admin/database/measurements/?p=2');
        expect([first.status, first.headers.get('location')]).toEqual([
            302,
            '/admin/login/?next=/admin/database/measurements/%3Fp%3D2',
        ]);
        const { page, url } = await browser.get('admin/database/measurements/');
        expect(url.pathname).toBe('/admin/login/');
        expect(page.querySelector('fieldset.grp-module-login input[type=password]')).not.toBeNull();
        expect(page.querySelector('nav.grp-pagination')).toBeNull();
    });
    it('leads from a front-end page to the login form, by a redirect or in place', async () => {
        const path = 'data_processing/measurements/20210601aky0000/download-optical/';
        const redirecting = await new Browser(simulateScc()).get(path);
        expect([redirecting.response.status, redirecting.url.pathname]).toEqual([200, '/accounts/login/']);
        const browser = new Browser(simulateScc({ frontLogin: 'in-place' }));
        const inPlace = await browser.get(path);
        expect([inPlace.response.status, inPlace.url.pathname]).toEqual([200, `/${path}`]);
        expect(inPlace.page.querySelector('input[name=username]')).not.toBeNull();
        const { username, password } = browser.sim.credentials;
        const zip = await browser.post(path, { username, password });
        expect(zip.headers.get('content-type')).toBe('application/zip');
    });
    it('is a bare 401 at the API, or one with a challenge', async () => {
        const bare = await new Browser(simulateScc()).send('api/v1/measurements/');
        expect([bare.status, bare.headers.get('www-authenticate')]).toEqual([401, null]);
        const challenged = await new Browser(simulateScc({ apiLogin: 'basic' })).send('api/v1/measurements/');
        expect(challenged.headers.get('www-authenticate')).toBe('Basic Realm="django-tastypie"');
    });
});
describe('simulated SCC: messages', () => {
    const rerun = (browser, id) => browser.post('admin/database/measurements/', {
        action: 'rerun_all',
        _selected_action: id,
        index: '0',
        select_across: '0',
    });
    it('pile up in the cookie until a page shows them (pitfall 4)', async () => {
        const browser = await loggedIn(simulateScc());
        const sizes = [];
        for (let turn = 0; turn < 3; turn += 1) {
            await rerun(browser, '20210601aky0000');
            sizes.push(browser.jar.get('messages')?.length ?? 0);
        }
        await browser.post('admin/database/measurements/', { action: 'nonsense', _selected_action: 'x', index: '0' });
        const { page } = await browser.get('admin/database/measurements/');
        const list = page
            .querySelectorAll('ul.grp-messagelist > li')
            .map((item) => [item.getAttribute('class'), text(item)]);
        expect(sizes[0]).toBeGreaterThan(0);
        expect(list).toHaveLength(4);
        expect(list[0]).toEqual(['grp-success', expect.stringContaining('The processing chain was restarted')]);
        expect(list[3]).toEqual(['grp-warning', 'No action selected.']);
        expect(browser.jar.has('messages')).toBe(false);
        expect((await browser.get('admin/database/measurements/')).page.querySelector('ul.grp-messagelist')).toBeNull();
    });
    it('have the cookie format of the server (pitfall 3)', async () => {
        const cookieOf = async (profile) => {
            const browser = await loggedIn(simulateScc({ profile }));
            await rerun(browser, '20210601aky0000');
            return browser.jar.get('messages') ?? '';
        };
        expect(await cookieOf('legacy')).toMatch(/^"[0-9a-f]{40}\$\[\[\\"__json_message\\"\\0540\\05425\\054\\"The processing chain was/);
        const decoded = (cookie) => {
            const value = cookie.split(':')[0] ?? '';
            const bytes = Buffer.from(value.replace(/^\./, ''), 'base64url');
            return (value.startsWith('.') ? inflateSync(bytes) : bytes).toString('latin1');
        };
        expect(JSON.parse(decoded(await cookieOf('3.2')))[0]).toHaveLength(4);
        expect(JSON.parse(decoded(await cookieOf('5.2')))[0]).toHaveLength(5);
    });
    it('are compressed when that is shorter, and overflow to the session', async () => {
        const browser = await loggedIn(simulateScc());
        for (let turn = 0; turn < 3; turn += 1)
            await rerun(browser, '20210601aky0000');
        expect(browser.jar.get('messages')).toMatch(/^\./);
        const legacy = await loggedIn(simulateScc({ profile: 'legacy' }));
        for (let turn = 0; turn < 40; turn += 1)
            await rerun(legacy, '20210601aky0000');
        expect(legacy.jar.get('messages')?.length).toBeLessThan(2600);
        const { page } = await legacy.get('admin/');
        expect(page.querySelectorAll('ul.grp-messagelist > li')).toHaveLength(40);
    });
});
