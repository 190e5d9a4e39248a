import { simulateScops } from '../../../src/testing/scops/simulate.js';
/** The smallest safe order of the notes, section 5.9. */
export const SMALL_ORDER = {
    julianday: '217',
    sortie: 'None',
    year: '2014',
    project: 'GB13_08',
    email: 'a@b.de',
    bound_n: '50.36',
    bound_s: '50.3',
    bound_e: '-4.1',
    bound_w: '-4.25',
    pixel_size_x: '2.0',
    pixel_size_y: '2.0',
    projectionRadios: 'UKBNG',
    projString: 'tag-1',
    optionsIntRadios: 'nearest',
    optionsDemRadios: 'aster',
    mask_all_check: 'on',
    process_all_lines: 'on',
    f21701_line_check: 'on',
    f21701_band_start: '1',
    f21701_band_stop: '20',
    bandratio: 'no',
};
export const BOTH_LINES = {
    ...SMALL_ORDER,
    f21702_line_check: 'on',
    f21702_band_start: '1',
    f21702_band_stop: '22',
};
/** Two Fenix lines with all 622 bands, for which the built-in equations are made. */
export const FENIX = {
    project: 'GB14_00',
    year: 2014,
    day: 67,
    bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
    optimalPixel: 2,
    lines: ['f06701', 'f06702'].map((name) => ({
        name,
        wavelengths: Array.from({ length: 622 }, (_, band) => 380 + band * 3.4),
    })),
};
export const FENIX_ORDER = {
    ...SMALL_ORDER,
    project: 'GB14_00',
    julianday: '67',
    f21701_line_check: undefined,
    f21701_band_start: undefined,
    f21701_band_stop: undefined,
    ...Object.fromEntries(['f06701', 'f06702'].flatMap((line) => [
        [`${line}_line_check`, 'on'],
        [`${line}_band_start`, '1'],
        [`${line}_band_stop`, '3'],
    ])),
};
export class Site {
    sim;
    project = 'GB13_08';
    constructor(options = {}) {
        this.sim = simulateScops(options);
    }
    authorization(project = this.project) {
        return `Basic ${btoa(`${project}:${this.sim.projects[project] ?? ''}`)}`;
    }
    /** A request with login and `?project=`. */
    get(path, init = {}) {
        const url = new URL(path, this.sim.baseUrl);
        if (!url.searchParams.has('project'))
            url.searchParams.set('project', this.project);
        const headers = { authorization: this.authorization(), ...init.headers };
        return this.sim.fetch(url, { redirect: 'manual', ...init, headers });
    }
    async text(path) {
        return (await this.get(path)).text();
    }
    async json(id) {
        return (await this.get(`status/processingupdate/${id}`)).json();
    }
    post(path, fields, init = {}) {
        const form = new FormData();
        for (const [name, value] of Object.entries(fields)) {
            if (value === undefined)
                continue;
            if (typeof value === 'string')
                form.set(name, value);
            else
                form.set(name, new Blob([value.file]), value.name);
        }
        return this.sim.fetch(new URL(path, this.sim.baseUrl), {
            method: 'POST',
            body: form,
            redirect: 'manual',
            ...init,
            headers: { authorization: this.authorization(), ...init.headers },
        });
    }
    /** A form with empty file parts, which browsers send and `FormData` does not. */
    postAsBrowser(path, fields, emptyFiles) {
        const part = (head, body) => `--XX\r\nContent-Disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
        const texts = Object.entries(fields).map(([name, value]) => part(`name="${name}"`, typeof value === 'string' ? value : ''));
        const files = emptyFiles.map((name) => part(`name="${name}"; filename=""\r\nContent-Type: application/octet-stream`, ''));
        return this.sim.fetch(new URL(path, this.sim.baseUrl), {
            method: 'POST',
            body: `${[...texts, ...files].join('')}--XX--\r\n`,
            redirect: 'manual',
            headers: { authorization: this.authorization(), 'content-type': 'multipart/form-data; boundary=XX' },
        });
    }
    order(changes = {}, base = SMALL_ORDER) {
        return this.post('progress', { ...base, ...changes });
    }
    /** Orders, and gives the name that the redirect tells. */
    async ordered(changes = {}, base = SMALL_ORDER) {
        const answer = await this.order(changes, base);
        return /bandratio\/([^?]+)\?/.exec(answer.headers.get('location') ?? '')?.[1] ?? `status ${answer.status}`;
    }
    /** Orders, confirms, and waits for the next tick; gives the processing id. */
    async submitted(changes = {}, base = SMALL_ORDER) {
        const name = await this.ordered(changes, base);
        await this.get(`confirm/${name}`);
        this.sim.clock.advance(MINUTE - (this.sim.clock.now() % MINUTE) + 2500);
        return this.sim.processingIds.at(-1) ?? '';
    }
    config(name = [...this.sim.configs.keys()].at(-1) ?? '') {
        return this.sim.configs.get(name) ?? '';
    }
}
export const MINUTE = 60_000;
