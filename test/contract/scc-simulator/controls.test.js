import { describe, expect, it } from 'vitest';
import { simulateScc } from '../../../src/testing/index.js';
import { Browser, loggedIn, text } from './browser.js';
const ID = '20210601aky0000';
describe('simulated SCC: a hand on its state', () => {
    it('breaks rows, downloads and uploads while it runs, and heals on reset', async () => {
        const browser = await loggedIn(simulateScc());
        const { sim } = browser;
        sim.breakRow(ID, 'empty-date');
        sim.setDownload(`${ID}/optical`, '404');
        const first = async () => text((await browser.get('admin/database/measurements/')).page.querySelector('td.field-start'));
        const optical = async () => (await browser.send(`data_processing/measurements/${ID}/download-optical/`)).status;
        expect([await first(), await optical()]).toEqual(['-', 404]);
        sim.reset();
        expect([sim.requests.length, sim.sessionCount]).toEqual([0, 0]);
        await browser.login();
        expect([await first(), await optical()]).toEqual(['2021-06-01 00:00', 200]);
    });
    it('can lead an upload elsewhere, or fail it', async () => {
        const browser = await loggedIn(simulateScc({ uploads: [{ kind: 'elsewhere' }, { kind: 'status', status: 500 }] }));
        const path = 'data_processing/measurements/quick/';
        const elsewhere = await browser.post(path, new FormData());
        expect([elsewhere.status, elsewhere.headers.get('location')]).toEqual([302, '/']);
        expect((await browser.post(path, new FormData())).status).toBe(500);
    });
    it('brings a missing ancillary file by another way', async () => {
        const sim = simulateScc({ clock: { perRequestMs: 0 } });
        sim.addAncillary('sounding', 'rs_20210630cvo01.nc');
        sim.clock.advance(3000);
        expect(sim.measurement('20210630cvo0100')?.isQueued).toBe(true);
        sim.addAncillary('overlap', 'ov_new.nc', 'missing');
        expect(sim.ancillaries.at(-1)).toMatchObject({ kind: 'overlap', status: 'missing' });
    });
    it('leaves messages of other work (pitfall 4)', async () => {
        const browser = await loggedIn(simulateScc());
        browser.sim.addMessage('error', 'a < b');
        const { page } = await browser.get('admin/');
        expect(text(page.querySelector('ul.grp-messagelist > li.grp-error'))).toBe('a < b');
        expect((await browser.get('admin/')).page.querySelector('ul.grp-messagelist')).toBeNull();
    });
    it('shows what a download holds', () => {
        const sim = simulateScc();
        expect(sim.productFiles(ID, 'raw').map(({ name }) => name)).toEqual([`${ID}/${ID}.nc`]);
        expect(sim.productFiles('20200101xyz0000', 'raw')).toEqual([]);
    });
    it('takes credentials of its user only', async () => {
        const credentials = { httpAuthUser: 'ä', httpAuthPassword: 'b', username: 'c&d=', password: 'e+ f' };
        const browser = new Browser(simulateScc({ credentials }));
        expect((await browser.login()).status).toBe(302);
        expect(browser.sim.credentials).toEqual(credentials);
    });
});
describe('simulated SCC: where logins lead', () => {
    it('honours next, but to this site only', async () => {
        const leads = async (next) => {
            const browser = new Browser(simulateScc());
            await browser.send('accounts/login/');
            const { username, password } = browser.sim.credentials;
            return (await browser.post('accounts/login/', { username, password, next })).headers.get('location');
        };
        expect(await leads('/admin/')).toBe('/admin/');
        expect(await leads('//elsewhere.example/')).toBe('/');
        expect(await leads('https://elsewhere.example/')).toBe('/');
    });
    it('lets the admin log in by its own form', async () => {
        const browser = new Browser(simulateScc());
        await browser.send('admin/login/?next=/admin/database/measurements/');
        const failed = await browser.post('admin/login/', { username: 'x', password: 'y' });
        expect([failed.status, await failed.text()]).toEqual([200, expect.stringContaining('<p class="errornote">')]);
        const { username, password } = browser.sim.credentials;
        const next = '/admin/database/measurements/';
        const passed = await browser.post('admin/login/', { username, password, next });
        expect([passed.status, passed.headers.get('location')]).toEqual([302, next]);
        expect(browser.sim.sessionCount).toBe(1);
    });
    it('sends anonymous visitors of the admin to the accounts page where that is asked', async () => {
        const browser = new Browser(simulateScc({ adminLogin: 'accounts' }));
        const response = await browser.send('admin/');
        expect(response.headers.get('location')).toBe('/accounts/login/?next=/admin/');
    });
    it('has a change page, and warns of unknown ids there', async () => {
        const browser = await loggedIn(simulateScc());
        const { page } = await browser.get(`admin/database/measurements/${ID}/change/`);
        expect(page.querySelector('input[name=system]')?.getAttribute('value')).toBe('437');
        expect((await browser.send('admin/database/measurements/nothing/change/')).headers.get('location')).toBe('/admin/');
    });
    it('breaks rows of lidar constants too', async () => {
        const browser = await loggedIn(simulateScc({ malformedRows: { [ID]: 'empty-date' } }));
        const { page } = await browser.get('admin/database/lidarconstant/');
        expect(text(page.querySelector('td.field-profile_start_time'))).toBe('-');
        browser.sim.setPermissions({ viewLidarConstants: false });
        expect((await browser.send('admin/database/lidarconstant/')).status).toBe(403);
    });
});
