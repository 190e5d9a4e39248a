import { parse } from 'node-html-parser';
import { describe, expect, it } from 'vitest';
import { simulateScc } from '../../../src/testing/index.js';
import { loggedIn } from './browser.js';
/** Selectors of the skeletons in section 17 of the protocol notes; each must be on the page. */
const CHANGELIST = [
    'body.grp-change-list > div#container.grp-container',
    'header#grp-header',
    'article#grp-content',
    'header#grp-content-title > h1',
    'div#grp-content-container',
    'div.grp-module > div.grp-row > div.l-2cr-fluid.l-d-6',
    'aside.c-1 select.grp-filter-choice',
    'div.c-2 > nav.grp-pagination > header > h1',
    'nav.grp-pagination > ul > li.grp-results',
    'form#grp-changelist-form[method=post] > input[name=csrfmiddlewaretoken]',
    'section#grp-changelist > div.grp-module.grp-changelist-results > table#result_list.grp-table.grp-sortable',
    'thead th.action-checkbox-column',
    'tbody > tr.grp-row.grp-row-even > td.action-checkbox > input.action-select[name=_selected_action]',
    'tbody > tr.grp-row.grp-row-odd',
    'footer#submit.grp-module.grp-submit-row.grp-fixed-footer li.grp-float-left.grp-changelist-actions',
    'div.grp-changelist-actions > select[name=action]',
    'input.select-across[name=select_across][value=0]',
    'button.grp-button[name=index][value=0]',
];
const FIRST_OF_SEVERAL = [
    'nav.grp-pagination span.this-page',
    'nav.grp-pagination a.end',
    'li.grp-showall > a[href*=all=]',
];
const MEASUREMENT_CELLS = [
    'th.column-station_id.sortable',
    'th.field-station_id > a[href*=/change/]',
    'td.field-id',
    'td.field-start.nowrap',
    'td.field-stop.nowrap',
    'td.field-creation_date.nowrap',
    'td.field-updated_date.nowrap',
    ...['upload', 'hirelpp', 'cloudmask', 'elpp', 'elda', 'eldec', 'elic', 'elquick'].map((module) => `td.field-${module}_ok_evo > img[alt]`),
    'td.field-is_being_processed > img[alt=False]',
];
const CONSTANT_CELLS = [
    'th.field-id > a',
    'td.field-measurement_id_display',
    'td.field-channel_id_display',
    'td.field-system_id_display',
    'td.field-product_id_display',
    'td.field-detection_wavelength',
    'td.field-lidar_constant',
    'td.field-lidar_constant_stat_err',
    'td.field-profile_start_time.nowrap',
    'td.field-profile_end_time.nowrap',
    'td.field-calibr_window_bottom',
    'td.field-calibr_window_top',
    'td.field-creation_date.nowrap',
    'td.field-elda_version',
];
const LOGIN = [
    'form[method=post][action=/accounts/login/]',
    'input[type=hidden][name=csrfmiddlewaretoken]',
    'input#id_username[type=text][name=username]',
    'input#id_password[type=password][name=password]',
    'input[type=hidden][name=next]',
];
const at = (path) => async (browser) => (await browser.get(path)).page;
const protectedOne = {
    data: { measurements: [{ id: '20210601aky2200', protectedBy: ['Lidar constant: 618'] }] },
};
const PAGES = [
    ['17.1 login', at('accounts/login/'), LOGIN],
    [
        '17.2 failed login',
        async (browser) => parse(await (await browser.post('accounts/login/', { username: 'x', password: 'y' })).text()),
        [...LOGIN, 'div.alert-box.alert > p'],
    ],
    [
        '17.2 admin login',
        async (browser) => {
            browser.sim.expireSessions();
            return (await browser.get('admin/')).page;
        },
        [
            'form[action=/admin/login/][method=post] > input[name=csrfmiddlewaretoken]',
            'fieldset.grp-module.grp-module-login > h1',
            'div.module.grp-module > div.form-row.grp-row > input#id_username',
            'div.form-row.grp-row.grp-connected > input#id_password[type=password]',
            'input[type=hidden][name=next][value=/admin/]',
            'div.grp-module.grp-submit-row input.grp-button.grp-default',
        ],
    ],
    ['17.3 measurements', at('admin/database/measurements/'), [...CHANGELIST, ...FIRST_OF_SEVERAL, ...MEASUREMENT_CELLS]],
    [
        '17.3 Django main',
        at('admin/database/measurements/'),
        [...CHANGELIST, ...MEASUREMENT_CELLS, 'nav.grp-pagination a[aria-current=page]'],
        { profile: 'main' },
    ],
    [
        '17.3 before Django 3.2',
        at('admin/database/measurements/'),
        [...CHANGELIST.map((selector) => selector.replace('.grp-table', '')), ...FIRST_OF_SEVERAL, ...MEASUREMENT_CELLS],
        { profile: 'legacy' },
    ],
    [
        '17.5 empty result',
        at('admin/database/measurements/?station_id=xyz'),
        ['nav.grp-pagination a.total', 'form#grp-changelist-form > section#grp-changelist', 'footer#submit'],
    ],
    [
        '17.6 lidar constants',
        at('admin/database/lidarconstant/'),
        [...CHANGELIST, ...FIRST_OF_SEVERAL, ...CONSTANT_CELLS],
    ],
    [
        '17.7 upload form',
        at('data_processing/measurements/quick/'),
        [
            'form[method=post][enctype=multipart/form-data][action=/data_processing/measurements/quick/]',
            'input[name=csrfmiddlewaretoken]',
            'select#id_system[name=system] > option[value=437]',
            'input#id_data[type=file][name=data]',
            'input#id_sounding_file[type=file][name=sounding_file]',
            'input#id_overlap_file[type=file][name=overlap_file]',
            'input#id_lidar_ratio_file[type=file][name=lidar_ratio_file]',
            'input#id_delay[type=number][name=delay][min=0][max=96]',
        ],
    ],
    [
        '17.9 measurement',
        at('data_processing/measurements/20210601aky0000/'),
        ['h3 > small', 'a[href=/admin/database/measurements/20210601aky0000/change/]'],
    ],
    [
        '17.10 delete confirmation',
        at('admin/database/measurements/20210601aky0000/delete/'),
        [
            'body.grp-delete-confirmation header#grp-content-title > h1',
            'div.grp-group > h2',
            'div.grp-group > ul.grp-nested-list > li > a',
            'form[method=post] > input[name=csrfmiddlewaretoken]',
            'select[name=select_delete_related_measurements] > option[value=not_delete_related]',
            'select[name=select_delete_related_measurements] > option[value=delete_related]',
            'div.grp-module.grp-submit-row.grp-fixed-footer li.grp-float-left > a.grp-button.grp-cancel-link',
            'input.grp-button.grp-default[type=submit]',
            'input[type=hidden][name=post][value=yes]',
        ],
    ],
    [
        '17.10 refused',
        at('admin/database/measurements/20210601aky2200/delete/'),
        ['div.grp-group > h2', 'div.grp-group > ul.grp-nested-list > li'],
        protectedOne,
    ],
    [
        '4.5 old search list',
        at('data_processing/measurements/?station=aky&system=&start=2021-06-01&stop=2021-06-03&upload_status=&preprocessing_status=&optical_processing_status='),
        ['table#measurements tr > td > a', 'table#measurements td[data-order="127,127,127"]'],
    ],
];
describe('simulated SCC: pages carry the names of the protocol notes', () => {
    it.each(PAGES)('%s', async (_section, look, selectors, options) => {
        const page = await look(await loggedIn(simulateScc(options)));
        const missing = selectors.filter((selector) => page.querySelector(quoted(selector)) === null);
        expect(missing).toEqual([]);
    });
    it('keeps forms and rows away from where they must not be', async () => {
        const browser = await loggedIn(simulateScc(protectedOne));
        const refused = await browser.get('admin/database/measurements/20210601aky2200/delete/');
        expect(refused.page.querySelector('article form')).toBeNull();
        const search = await browser.get('data_processing/measurements/?station=aky');
        expect(search.page.querySelectorAll('table#measurements tr')).toEqual([]);
        const { page } = await browser.get('admin/database/measurements/');
        expect(page.querySelector('div.grp-row')).not.toBeNull();
        expect(page.querySelectorAll('tr.grp-row')).toHaveLength(50);
    });
    it('sets the CSRF cookie with pages that hold a form, and with no others (2.3)', async () => {
        const browser = await loggedIn(simulateScc());
        const sets = async (path) => (await browser.send(path)).headers.getSetCookie().some((cookie) => cookie.startsWith('csrftoken='));
        expect(await sets('data_processing/measurements/quick/')).toBe(true);
        expect(await sets('admin/database/measurements/')).toBe(true);
        expect(await sets('data_processing/measurements/20210601aky0000/')).toBe(false);
        expect(await sets('api/v1/measurements/')).toBe(false);
        expect(await sets('nowhere/')).toBe(false);
    });
    it('sends admin without its slash away with 301 (3.1)', async () => {
        const browser = await loggedIn(simulateScc());
        const response = await browser.send('admin');
        expect([response.status, response.headers.get('location')]).toEqual([301, '/admin/']);
    });
});
/** Attribute values in quotes, which the selector engine wants. */
function quoted(selector) {
    return selector.replace(/\[([\w-]+)(\*?=)([^"\]][^\]]*)\]/g, '[$1$2"$3"]');
}
