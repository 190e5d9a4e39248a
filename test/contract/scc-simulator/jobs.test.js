import { describe, expect, it } from 'vitest';
import { makeNetcdf } from '../../../src/testing/scc/netcdf-write.js';
import { simulateScc } from '../../../src/testing/index.js';
import { loggedIn, text } from './browser.js';
const UPLOAD = 'data_processing/measurements/quick/';
const ID = '20210701aky0930';
const HEAD = {
    Measurement_ID: ID,
    RawData_Start_Date: '20210701',
    RawData_Start_Time_UT: '233000',
    RawData_Stop_Time_UT: '003000',
};
function form(files, fields = {}) {
    const body = new FormData();
    for (const [name, value] of Object.entries({ system: '437', ...fields }))
        body.append(name, value);
    for (const [name, [fileName, bytes]] of Object.entries(files))
        body.append(name, new Blob([bytes]), fileName);
    return body;
}
const raw = (attributes = {}) => makeNetcdf({ ...HEAD, ...attributes });
const still = { clock: { perRequestMs: 0 } };
async function send(browser, body = form({ data: ['any.nc', raw()] })) {
    await browser.send(UPLOAD);
    return browser.post(UPLOAD, body);
}
const state = async (browser, id = ID) => {
    const { is_delayed, is_queued, is_being_processed, elpp, elda } = await browser.json(`api/v1/measurements/${id}/`);
    return [is_delayed, is_queued, is_being_processed, elpp, elda];
};
describe('simulated SCC: upload', () => {
    it('accepts a file, and leads to the measurement page', async () => {
        const browser = await loggedIn(simulateScc(still));
        const response = await send(browser);
        expect([response.status, response.headers.get('location')]).toEqual([302, `/data_processing/measurements/${ID}/`]);
        const { page } = await browser.get(`data_processing/measurements/${ID}/`);
        expect(text(page.querySelector('h3'))).toBe(`Measurement ${ID} aky`);
        expect(page.querySelector('h3 > small')).not.toBeNull();
        expect(page.querySelector('div.alert-box')).toBeNull();
        const measurement = await browser.json(`api/v1/measurements/${ID}/`);
        expect(measurement).toMatchObject({
            start: '2021-07-01T23:30:00',
            stop: '2021-07-02T00:30:00',
            system: '/api/v1/systems/437/',
            upload: 127,
            elpp: 0,
        });
    });
    it('reads the id from netCDF 4 as well', async () => {
        const browser = await loggedIn(simulateScc());
        const text4 = `\x89HDF\r\n\x1a\n\0\0Measurement_ID\0\0\x13\0${ID}\0\0Sounding_File_Name\0\0rs_20210701aky09.nc\0`;
        await send(browser, form({ data: ['x.nc', new Uint8Array(Buffer.from(text4, 'latin1'))] }));
        expect(browser.sim.measurement(ID)).toBeDefined();
        expect(browser.sim.ancillaries.at(-1)).toMatchObject({ filename: 'rs_20210701aky09.nc', status: 'missing' });
    });
    it('refuses an id that is in use', async () => {
        const browser = await loggedIn(simulateScc());
        await send(browser);
        const response = await send(browser);
        expect(response.status).toBe(200);
        expect(await response.text()).toMatch(/<div class="alert-box alert"><p>A measurement with the ID/);
    });
    it.each([
        ['no file', form({}), /id="id_data">\s*<p>This field is required/],
        ['no netCDF', form({ data: ['a.nc', new Uint8Array([1, 2, 3])] }), /<p>Data File\s+Error: /],
        ['no id', form({ data: ['a.nc', makeNetcdf({ Location: 'x' })] }), /<p>Data File\s+Error: .*Measurement_ID/],
        ['a long delay', form({ data: ['a.nc', raw()] }, { delay: '97' }), /less than or equal to 96/],
        ['no system', form({ data: ['a.nc', raw()] }, { system: '' }), /id="id_system">.*<p>This field is required/],
        [
            'a bad sounding',
            form({ data: ['a.nc', raw()], sounding_file: ['rs.nc', new Uint8Array([1])] }),
            /<p>Sounding File\s+Error: /,
        ],
    ])('refuses %s beside the field', async (_label, body, words) => {
        const browser = await loggedIn(simulateScc());
        const response = await send(browser, body);
        expect([response.status, browser.sim.measurement(ID)]).toEqual([200, undefined]);
        expect(await response.text()).toMatch(words);
    });
    it.each([
        [{ kind: 'alert', texts: ['one', 'two'] }, /<p>one<\/p><\/div>\s*<div class="alert-box alert"><p>two/],
        [{ kind: 'alert', texts: ['bare'], paragraph: false }, /<div class="alert-box alert">bare<\/div>/],
        [
            { kind: 'field', text: 'Sounding File Error: Altitude should be in ascending order' },
            /id="id_data">\s*<p>Sounding File\n\s+Error: Altitude should be in ascending order<\/p>/,
        ],
        [{ kind: 'field', text: 'no p', paragraph: false }, /id="id_data">\s*no p<\/div>/],
        [{ kind: 'field' }, /id="id_data"><\/div>/],
    ])('can refuse as planned: %j (17.8)', async (outcome, html) => {
        const browser = await loggedIn(simulateScc({ uploads: [outcome] }));
        expect(await (await send(browser)).text()).toMatch(html);
        expect((await send(browser)).status).toBe(302);
    });
    it('can lose the session on the way (pitfall 1)', async () => {
        const browser = await loggedIn(simulateScc());
        browser.sim.nextUpload({ kind: 'session-lost' });
        const response = await send(browser);
        expect([response.status, response.headers.get('location')]).toEqual([
            302,
            expect.stringMatching(/^\/accounts\/login/),
        ]);
        expect(browser.sim.measurement(ID)).toBeUndefined();
    });
    it('refuses who may not upload', async () => {
        const browser = await loggedIn(simulateScc({ permissions: { upload: false } }));
        expect((await browser.send(UPLOAD)).status).toBe(403);
    });
});
describe('simulated SCC: processing', () => {
    it('goes from nothing over queued and running to done, on the clock', async () => {
        const browser = await loggedIn(simulateScc(still));
        const { clock } = browser.sim;
        await send(browser);
        expect(await state(browser)).toEqual([false, false, false, 0, 0]);
        clock.advance(2000);
        expect(await state(browser)).toEqual([false, true, false, 0, 0]);
        clock.advance(5000 + 10_000);
        expect(await state(browser)).toEqual([false, false, true, 1, 0]);
        clock.advance(20_000);
        expect(await state(browser)).toEqual([false, false, false, 127, 127]);
        expect(await browser.json(`api/v1/measurements/${ID}/`)).toMatchObject({
            elpp_exit_code: { exit_code: 0 },
            eldec_exit_code: null,
        });
    });
    it('moves with each request of a polling client by default', async () => {
        const browser = await loggedIn(simulateScc());
        await send(browser);
        for (let turn = 0; turn < 40; turn += 1)
            await state(browser);
        expect(await state(browser)).toEqual([false, false, false, 127, 127]);
    });
    it('is delayed as asked', async () => {
        const browser = await loggedIn(simulateScc(still));
        await send(browser, form({ data: ['a.nc', raw()] }, { delay: '48' }));
        expect(await state(browser)).toEqual([true, false, false, 0, 0]);
        browser.sim.clock.advance(48 * 3_600_000);
        expect(await state(browser)).toEqual([false, true, false, 0, 0]);
    });
    it('waits, unmarked, for an ancillary file, and starts when that comes', async () => {
        const browser = await loggedIn(simulateScc(still));
        await send(browser, form({ data: ['a.nc', raw({ Sounding_File_Name: 'rs_20210701aky09.nc' })] }));
        browser.sim.clock.advance(86_400_000);
        expect(await state(browser)).toEqual([false, false, false, 0, 0]);
        const missing = await browser.json('api/v1/sounding_files/?filename=rs_20210701aky09.nc');
        expect(missing.objects).toMatchObject([{ filename: 'rs_20210701aky09.nc', status: 'missing' }]);
        const other = raw({ Measurement_ID: '20210701aky1030' });
        await send(browser, form({ data: ['b.nc', other], sounding_file: ['rs_20210701aky09.nc', makeNetcdf({})] }));
        browser.sim.clock.advance(3000);
        expect(await state(browser)).toEqual([false, true, false, 0, 0]);
    });
    it('ends as told, with exit codes; what depends on a failed module does not run', async () => {
        const outcomes = { elpp: { status: -127, exitCode: 21, description: 'no profile' } };
        const browser = await loggedIn(simulateScc({ ...still, processing: { outcomes } }));
        await send(browser);
        browser.sim.clock.advance(60_000);
        expect(await browser.json(`api/v1/measurements/${ID}/`)).toMatchObject({
            hirelpp: 127,
            elpp: -127,
            elpp_exit_code: { exit_code: 21, description: 'no profile' },
            elda: 0,
            elda_exit_code: null,
            is_being_processed: false,
        });
    });
    it.each([
        ['rerun-all', { hirelpp: 0, elpp: 0, elda: 0 }],
        ['rerun-elpp', { hirelpp: 127, elpp: 0, elda: 0 }],
        ['rerun-elda', { hirelpp: 127, elpp: 127, elda: 0 }],
    ])('starts again by GET %s', async (link, statuses) => {
        const browser = await loggedIn(simulateScc(still));
        const { response, url } = await browser.get(`data_processing/measurements/20210601aky0000/${link}/`);
        expect([response.status, url.pathname]).toEqual([200, '/data_processing/measurements/20210601aky0000/']);
        expect(await browser.json('api/v1/measurements/20210601aky0000/')).toMatchObject(statuses);
        expect((await browser.send(`data_processing/measurements/20210601xyz0000/${link}/`)).status).toBe(404);
    });
});
describe('simulated SCC: rerun by the admin action', () => {
    const act = (browser, fields) => browser.post('admin/database/measurements/', { index: '0', select_across: '0', ...fields });
    const messages = async (browser) => (await browser.get('admin/database/measurements/')).page
        .querySelectorAll('ul.grp-messagelist > li')
        .map((item) => [item.getAttribute('class'), text(item)]);
    it('restarts, and says so on the next page', async () => {
        const browser = await loggedIn(simulateScc(still));
        const response = await act(browser, { action: 'rerun_all', _selected_action: '20210601aky0000' });
        expect([response.status, response.headers.get('location')]).toEqual([302, '/admin/database/measurements/']);
        expect(await messages(browser)).toEqual([
            ['grp-success', expect.stringContaining('The processing chain was restarted')],
        ]);
        expect(browser.sim.measurement('20210601aky0000')?.run).toBeDefined();
    });
    it('claims success for an unknown id too (pitfall 5)', async () => {
        const browser = await loggedIn(simulateScc());
        expect((await act(browser, { action: 'rerun_all', _selected_action: '20210601xyz0000' })).status).toBe(302);
        expect(await messages(browser)).toMatchObject([['grp-success', expect.stringContaining('restarted')]]);
    });
    it('warns of an unknown action and of an empty selection, with 302', async () => {
        const browser = await loggedIn(simulateScc());
        expect((await act(browser, { action: 'nonsense', _selected_action: '20210601aky0000' })).status).toBe(302);
        expect((await act(browser, { action: 'rerun_all' })).status).toBe(302);
        expect(await messages(browser)).toEqual([
            ['grp-warning', 'No action selected.'],
            ['grp-warning', 'Items must be selected in order to perform actions on them. No items have been changed.'],
        ]);
    });
    it('deletes in bulk after a confirmation page', async () => {
        const browser = await loggedIn(simulateScc());
        const fields = { action: 'delete_selected', _selected_action: '20210601aky0000' };
        const page = await act(browser, fields);
        expect([page.status, browser.sim.measurement('20210601aky0000')?.id]).toEqual([200, '20210601aky0000']);
        expect((await act(browser, { ...fields, post: 'yes' })).status).toBe(302);
        expect(browser.sim.measurement('20210601aky0000')).toBeUndefined();
    });
});
describe('simulated SCC: delete', () => {
    const path = (id) => `admin/database/measurements/${id}/delete/`;
    const related = { data: { measurements: [{ id: '20210601aky2200', related: ['20210601aky0000'] }] } };
    const post = (browser, id, choice) => browser.post(path(id), { post: 'yes', select_delete_related_measurements: choice });
    it.each([
        ['not_delete_related', '20210601aky0000'],
        ['delete_related', undefined],
    ])('asks, deletes, and says so: %s', async (choice, left) => {
        const browser = await loggedIn(simulateScc(related));
        const { page } = await browser.get(path('20210601aky2200'));
        expect(page.querySelector('select[name=select_delete_related_measurements]')).not.toBeNull();
        const response = await post(browser, '20210601aky2200', choice);
        expect([response.status, response.headers.get('location')]).toEqual([302, '/admin/database/measurements/']);
        const next = await browser.get('admin/database/measurements/');
        expect(text(next.page.querySelector('ul.grp-messagelist > li.grp-success'))).toBe('The measurement “20210601aky2200” was deleted successfully.');
        expect((await browser.send('api/v1/measurements/20210601aky2200/')).status).toBe(404);
        expect(browser.sim.measurement('20210601aky0000')?.id).toBe(left);
    });
    it.each(['GET', 'POST'])('answers %s of an unknown id with a redirect and a warning', async (method) => {
        const browser = await loggedIn(simulateScc());
        const response = method === 'GET' ? await browser.send(path('20200101xyz0000')) : await post(browser, '20200101xyz0000', 'x');
        expect([response.status, response.headers.get('location')]).toEqual([302, '/admin/']);
        const { page } = await browser.get('admin/');
        expect(text(page.querySelector('li.grp-warning'))).toBe('measurement with ID “20200101xyz0000” doesn’t exist. Perhaps it was deleted?');
    });
    it('answers an unknown id with 404 before Django 1.11', async () => {
        const browser = await loggedIn(simulateScc({ profile: 'legacy' }));
        expect((await post(browser, '20200101xyz0000', 'x')).status).toBe(404);
    });
    it('refuses who may not, and what is protected', async () => {
        const data = { measurements: [{ id: '20210601aky2200', protectedBy: ['Lidar constant: 618'] }] };
        const browser = await loggedIn(simulateScc({ data }));
        for (const response of [await browser.send(path('20210601aky2200')), await post(browser, '20210601aky2200', 'x')]) {
            const html = await response.text();
            expect(response.status).toBe(200);
            expect(html).toContain('<ul class="grp-nested-list"><li>Lidar constant: 618</li></ul>');
            expect(html).not.toContain('name="post"');
        }
        browser.sim.setPermissions({ deleteMeasurements: false });
        expect((await post(browser, '20210601aky0000', 'x')).status).toBe(403);
        expect(browser.sim.measurement('20210601aky0000')).toBeDefined();
    });
});
