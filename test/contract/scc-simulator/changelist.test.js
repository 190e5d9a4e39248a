import { describe, expect, it } from 'vitest';
import { simulateScc } from '../../../src/testing/index.js';
import { loggedIn, text } from './browser.js';
const LIST = 'admin/database/measurements/';
const MAY = 'start__gte=2021-06-01+00%3A00%3A00&start__lt=2021-06-28+00%3A00%3A00';
async function open(query = '', options = {}) {
    const browser = await loggedIn(simulateScc(options));
    return { browser, ...(await browser.get(`${LIST}${query === '' ? '' : `?${query}`}`)) };
}
const ids = (page) => page.querySelectorAll('tr.grp-row td.field-id').map((cell) => text(cell));
const links = (page) => (page.querySelector('nav.grp-pagination')?.querySelectorAll('li > a') ?? [])
    .filter((link) => /^\d+$/.test(text(link) ?? ''))
    .map((link) => link.getAttribute('href'));
describe('simulated SCC: changelist of measurements', () => {
    it('filters by half-open range and station', async () => {
        const { page } = await open('start__gte=2021-06-02+00:00:00&start__lt=2021-06-04+00:00:00&station_id=fik');
        const starts = page.querySelectorAll('td.field-start').map((cell) => text(cell)?.slice(0, 10));
        expect(starts).toEqual(['2021-06-02', '2021-06-03']);
        expect(page.querySelectorAll('th.field-station_id > a').map((cell) => text(cell))).toEqual(['fik', 'fik']);
        const edge = await open('start__gte=2021-06-02+10:00:00&start__lt=2021-06-02+10:00:00');
        expect(ids(edge.page)).toEqual([]);
    });
    it('shows the nav twice with rows, once without (4.2, 4.3)', async () => {
        const full = await open(MAY);
        expect(full.page.querySelectorAll('nav.grp-pagination')).toHaveLength(2);
        const empty = await open('station_id=xyz');
        expect(empty.page.querySelectorAll('nav.grp-pagination')).toHaveLength(1);
        expect(empty.page.querySelector('table#result_list')).toBeNull();
        expect(empty.page.querySelector('footer#submit select[name=action]')).not.toBeNull();
        expect(text(empty.page.querySelector('li.grp-results'))).toBe('0 results');
    });
    it.each([
        ['legacy', ['1', '2', '3']],
        ['3.2', ['2', '3', '4']],
        ['5.2', ['2', '3', '4']],
    ])('numbers pages as Django %s does, and marks the last', async (profile, numbers) => {
        const { page, browser } = await open(MAY, { profile });
        expect(links(page)).toEqual(numbers.map((number) => `?p=${number}&amp;${MAY.replaceAll('&', '&amp;')}`.replaceAll('&amp;', '&')));
        expect(text(page.querySelector('nav.grp-pagination span.this-page'))).toBe('1');
        expect(text(page.querySelector('nav.grp-pagination a.end'))).toBe('4');
        expect(text(page.querySelector('li.grp-results > span'))).toBe('167 results');
        expect(text(page.querySelector('li.grp-results > a.total'))).toBe('185 total');
        const last = await browser.get(`${LIST}?p=${numbers[2]}&${MAY}`);
        expect(last.page.querySelector('a.end')).toBeNull();
        expect(text(last.page.querySelector('span.this-page'))).toBe('4');
        expect(ids(last.page)).toHaveLength(17);
    });
    it('marks the current page by aria-current alone on Django main', async () => {
        const { page } = await open(MAY, { profile: 'main' });
        expect(page.querySelector('a.end')).toBeNull();
        expect(page.querySelector('span.this-page')).toBeNull();
        expect(text(page.querySelector('nav.grp-pagination a[aria-current=page]'))).toBe('1');
        expect(page.querySelector('nav.grp-pagination a[aria-current=page]')?.getAttribute('href')).toBe('');
    });
    it('escapes the links and elides long lists', async () => {
        const { response, page, browser } = await open(`${MAY}&p=10`, { pageSize: 5 });
        expect(response.status).toBe(200);
        const source = await (await browser.send(`${LIST}?${MAY}&p=10`)).text();
        expect(source).toContain('?p=2&amp;start__gte=2021-06-01+00%3A00%3A00&amp;start__lt=');
        expect(page.querySelector('nav.grp-pagination')?.querySelectorAll('li.grp-separator')).toHaveLength(2);
        const numbers = page
            .querySelector('nav.grp-pagination')
            ?.querySelectorAll('li')
            .map((item) => text(item));
        expect(numbers?.slice(2, -1)).toEqual(['1', '2', '...', '7', '8', '9', '10', '11', '12', '13', '...', '33', '34']);
    });
    it.each(['p=0', 'p=99', 'p=-1', 'nonsense=1', 'start__gte=yesterday'])('answers %s with a redirect to the unfiltered list (17.13)', async (query) => {
        const browser = await loggedIn(simulateScc());
        const response = await browser.send(`${LIST}?${MAY}&${query}`);
        expect([response.status, response.headers.get('location')]).toEqual([302, `/${LIST}?e=1`]);
        const { page } = await browser.get(`${LIST}?e=1`);
        expect(text(page.querySelector('li.grp-results > span'))).toBe('185 total');
    });
    it('shows "Database error" for a second error', async () => {
        const { page, response } = await open('e=1&nonsense=1');
        expect(response.status).toBe(200);
        expect(text(page.querySelector('title'))).toMatch(/^Database error/);
    });
    it('gives p=0 the first page before Django 3.2', async () => {
        const { page, url } = await open(`${MAY}&p=0`, { profile: 'legacy' });
        expect(url.search).not.toContain('e=1');
        expect(ids(page)).toHaveLength(50);
    });
    it('offers and shows all rows', async () => {
        const { page, browser } = await open(MAY);
        const all = page.querySelector('li.grp-showall > a')?.getAttribute('href') ?? '';
        expect(all).toBe(`?all=&${MAY}`);
        expect(ids((await browser.get(`${LIST}${all}`)).page)).toHaveLength(167);
    });
    it('has no total where the full count is off', async () => {
        const { page } = await open(MAY, { showFullResultCount: false });
        const results = page
            .querySelector('nav.grp-pagination')
            ?.querySelectorAll('li.grp-results')
            .map((item) => text(item));
        expect(results).toEqual(['167 results', 'Show all']);
    });
    it('names and words the columns old or new', async () => {
        const query = 'station_id=aky&start__lt=2021-06-02+00:00:00';
        const evo = (await open(query)).page.querySelector('tr.grp-row-even');
        expect(evo?.querySelector('td.field-elpp_ok_evo > img')?.getAttribute('alt')).toBe('OK');
        expect(evo?.querySelector('td.field-eldec_ok_evo > img')?.getAttribute('alt')).toBe('Not Executed');
        const old = (await open(query, { columns: 'old' })).page.querySelector('tr.grp-row-even');
        expect(old?.querySelector('td.field-elpp_ok > img')?.getAttribute('alt')).toBe('True');
        expect(old?.querySelector('td.field-elpp_ok_evo')).toBeNull();
    });
    it('says Error and In progress where that is so', async () => {
        const { page } = await open('start__gte=2021-06-30+00:00:00&start__lt=2021-06-30+02:00:00');
        const failed = await open('', {
            data: { replace: true, measurements: [{ id: '20210601aky0000', statuses: { elpp: -127 } }] },
        });
        expect(failed.page.querySelector('td.field-elpp_ok_evo > img')?.getAttribute('alt')).toBe('Error');
        expect(page.querySelector('td.field-is_being_processed > img')?.getAttribute('alt')).toBe('True');
    });
    it.each([
        ['empty-date', (row) => text(row?.querySelector('td.field-start')), '-'],
        ['bad-date', (row) => text(row?.querySelector('td.field-start')), 'yesterday'],
        ['no-image', (row) => row?.querySelector('td.field-elpp_ok_evo img'), null],
        ['no-link', (row) => row?.querySelector('th.field-station_id a'), null],
        ['no-id', (row) => row?.querySelector('td.field-id'), null],
        ['unknown-alt', (row) => row?.querySelector('td.field-elpp_ok_evo img')?.getAttribute('alt'), 'Weather'],
        ['missing-cells', (row) => row?.querySelector('td.field-creation_date'), null],
    ])('can break one row: %s (pitfall 24)', async (defect, look, expected) => {
        const { page } = await open('station_id=aky', { malformedRows: { '20210601aky0000': defect } });
        expect(look(page.querySelector('tr.grp-row-even'))).toEqual(expected);
        expect(page.querySelectorAll('tr.grp-row').length).toBe(33);
    });
    it('can add rows of its own', async () => {
        const { page } = await open('', { extraRows: ['<tr class="grp-row"><td colspan="3">sum</td></tr>'] });
        expect(text(page.querySelectorAll('tr.grp-row').at(-1))).toBe('sum');
    });
    it('refuses who may not look, and sends away who is no staff', async () => {
        const browser = await loggedIn(simulateScc({ permissions: { viewMeasurements: false } }));
        const refused = await browser.send(LIST);
        expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('<h1>403 Forbidden</h1>')]);
        browser.sim.setPermissions({ staff: false });
        expect((await browser.send(LIST)).status).toBe(302);
    });
});
describe('simulated SCC: lidar constants', () => {
    const CONSTANTS = 'admin/database/lidarconstant/';
    it('filters by `station`, not by `station_id`', async () => {
        const browser = await loggedIn(simulateScc());
        const { page } = await browser.get(`${CONSTANTS}?profile_start_time__gte=2021-06-01+00:00:00&profile_start_time__lt=2021-06-05+00:00:00&station=fik`);
        const found = page.querySelectorAll('td.field-measurement_id_display').map((cell) => text(cell));
        expect(found.length).toBeGreaterThan(0);
        expect(found.every((id) => id?.includes('fik'))).toBe(true);
        expect((await browser.send(`${CONSTANTS}?station_id=fik`)).headers.get('location')).toBe(`/${CONSTANTS}?e=1`);
    });
    it('has several pages', async () => {
        const browser = await loggedIn(simulateScc());
        const { page } = await browser.get(CONSTANTS);
        expect(text(page.querySelector('nav.grp-pagination a.end'))).toBe('2');
    });
});
