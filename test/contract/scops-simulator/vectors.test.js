import { describe, expect, it } from 'vitest';
import { FENIX, Site, SMALL_ORDER } from './support.js';
// Section 19 of the protocol notes: request and observed answer.
const EAGLE = {
    ...SMALL_ORDER,
    project: 'GB12_03',
    julianday: '219',
    sortie: 'a',
    f21701_line_check: undefined,
    f21701_band_start: undefined,
    f21701_band_stop: undefined,
};
const line = (name) => ({
    [`${name}_line_check`]: 'on',
    [`${name}_band_start`]: '1',
    [`${name}_band_stop`]: '5',
});
describe('POST /progress', () => {
    it.each([
        ['e219a01', 400],
        ['h219a01', 400],
        ['f219a01', 302],
        ['o219a01', 302],
    ])('a form with line %s is answered with %i (pitfall 13)', async (name, status) => {
        const site = new Site();
        site.project = 'GB12_03';
        const answer = await site.order(line(name), EAGLE);
        expect(answer.status).toBe(status);
        expect(site.sim.configs.size).toBe(status === 302 ? 1 : 0);
    });
    it.each([
        ['a line check that is off', { f21701_line_check: 'off' }, 200],
        ['an empty bound', { bound_n: '' }, 500],
        ['a bound that is not a number', { bound_n: 'nan' }, 200],
        ['an infinite bound', { bound_n: 'inf' }, 302],
        ['a percent sign in the e-mail', { email: 'a%b@c.de' }, 500],
        ['a doubled percent sign', { email: 'a%%b@c.de' }, 302],
        ['a reference to another key', { projString: '%(email)s' }, 302],
        ['a semicolon in the e-mail', { email: 'a;b@c.de' }, 200],
        ['an unknown sortie', { sortie: 'z' }, 500],
        ['an empty sortie', { sortie: '' }, 500],
        ['an unknown day', { julianday: '218' }, 500],
        ['a day with fraction', { julianday: '217.0' }, 302],
        ['a text as year', { year: 'abc' }, 500],
        ['a key that contains proj_string', { proj_string: '+proj=utm' }, 500],
        ['an inverted box', { bound_n: '1', bound_s: '2' }, 302],
        ['band 999, backwards', { f21701_band_start: '999', f21701_band_stop: '1' }, 302],
        ['a pixel check that is off', { pixel_check: 'off' }, 200],
        ['a pixel check that confirms', { pixel_check: 'confirm' }, 302],
        ['an unknown field with a semicolon', { anything: 'a;b' }, 200],
        ['a projection nobody knows', { projectionRadios: 'utm' }, 302],
        ['upload without a file', { optionsDemRadios: 'upload' }, 302],
        ['no line at all', { f21701_line_check: undefined }, 302],
        ['a line without band range', { f21701_band_stop: undefined }, 400],
        ['a line check "none" without process_all_lines', { f21701_line_check: 'none', process_all_lines: undefined }, 400],
        ['a line check "none" with process_all_lines', { f21701_line_check: 'none', process_all_lines: 'none' }, 302],
    ])('%s', async (_name, changes, status) => {
        const site = new Site();
        const answer = await site.order(changes);
        expect(answer.status).toBe(status);
        expect(site.sim.configs.size).toBe(status === 302 ? 1 : 0);
        if (status === 200) {
            const text = await answer.text();
            expect(text).toContain('<h1>Validation Failed!</h1>');
            expect(text).toContain('Something went wrong validating your inputs');
        }
    });
    it.each('project year julianday sortie email bound_n bound_s bound_e bound_w pixel_size_x pixel_size_y projectionRadios optionsIntRadios optionsDemRadios'.split(' '))('a form without %s is answered with 400, and no config is left', async (field) => {
        const site = new Site();
        const answer = await site.post('progress?project=GB13_08', { ...SMALL_ORDER, [field]: undefined });
        expect(answer.status).toBe(400);
        expect(site.sim.configs.size).toBe(0);
    });
    it('a file part of a refused form stays behind', async () => {
        const site = new Site();
        const file = { file: 'heights', name: 'my area.dem' };
        expect((await site.order({ bound_n: undefined, optionsDemRadios: 'upload', file })).status).toBe(400);
        expect([...site.sim.demFiles.keys()]).toEqual(['/srv/scops/dem_upload/my_area20180307152824.dem']);
    });
    it.each([
        ['', 'True'],
        ['on', 'True'],
        ['o', 'True'],
        ['n', 'True'],
        ['no', 'False'],
        ['yes', 'False'],
        ['True', 'False'],
        ['true', 'False'],
        ['false', 'False'],
    ])('bandratio=%j is stored as %s, and the name is told either way', async (value, stored) => {
        const site = new Site();
        const answer = await site.order({ bandratio: value });
        expect(answer.status).toBe(302);
        expect(answer.headers.get('location')).toBe('/processor/bandratio/GB13_08_2014_217_20180307152824?project=GB13_08');
        expect(site.config()).toContain(`\nbandratio = ${stored}\n`);
    });
    it('without the field the answer is the page that tells no name', async () => {
        const site = new Site();
        const answer = await site.order({ bandratio: undefined });
        expect([answer.status, answer.headers.get('location')]).toEqual([302, '/processor/success']);
        expect(site.config()).toContain('\nbandratio = False\n');
    });
});
describe('login', () => {
    it('no project anywhere is 400, even with valid credentials', async () => {
        const site = new Site();
        expect((await site.post('progress', { ...SMALL_ORDER, project: undefined })).status).toBe(400);
        const headers = { authorization: site.authorization() };
        expect((await site.sim.fetch(`${site.sim.baseUrl}status/x`, { headers })).status).toBe(400);
        expect((await site.sim.fetch(`${site.sim.baseUrl}status/x`)).status).toBe(400);
    });
    it.each([
        ['no header', {}],
        ['another scheme', { authorization: 'Bearer abc' }],
        ['a wrong password', { authorization: `Basic ${btoa('GB13_08:wrong')}` }],
        ['the login of another project', { authorization: `Basic ${btoa('GB12_03:flight-line')}` }],
        ['rubbish', { authorization: 'Basic %%%' }],
    ])('%s is 401, and the realm repeats what was asked', async (_name, headers) => {
        const { sim } = new Site();
        const answer = await sim.fetch(`${sim.baseUrl}jobrequest?day=217&year=2014&project=GB13_08`, { headers });
        expect(answer.status).toBe(401);
        expect(answer.headers.get('www-authenticate')).toBe('Basic realm="GB13_08"');
        expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
        expect(await answer.text()).toBe('Could not verify your access level for that URL.\nYou have to login with proper credentials');
    });
    it('the query beats the form, and one login opens the folders of others (pitfall 1)', async () => {
        const site = new Site();
        const form = await site.post('progress?project=GB12_03', SMALL_ORDER);
        expect(form.status).toBe(401);
        const id = await site.submitted();
        site.project = 'GB12_03';
        expect((await site.get(`status/${id}`)).status).toBe(200);
    });
    it('both spellings of the query are taken', async () => {
        const site = new Site();
        expect((await site.get('jobrequest?&project=GB13_08&day=217&year=2014')).status).toBe(200);
    });
    it('a broken password file is 500 with a header and 401 without', async () => {
        const site = new Site({ passwordFile: false });
        expect((await site.get('jobrequest?day=217&year=2014')).status).toBe(500);
        expect((await site.sim.fetch(`${site.sim.baseUrl}jobrequest?project=GB13_08`)).status).toBe(401);
    });
    it('accepts the projects it is told, and no other', async () => {
        const site = new Site({ projects: { GB13_08: 'secret' } });
        expect(site.sim.credentials).toEqual({ project: 'GB13_08', password: 'secret' });
        expect((await site.get('jobrequest?day=217&year=2014')).status).toBe(200);
        site.project = 'GB12_03';
        expect((await site.get('jobrequest?day=219&year=2014&sortie=a')).status).toBe(401);
    });
});
describe('other vectors', () => {
    it('answers carry the date of the simulated host', async () => {
        const site = new Site();
        site.sim.clock.advance(61_000);
        const dates = await Promise.all(['success', 'nowhere', 'status/x'].map((path) => site.get(path)));
        expect(dates.map(({ headers }) => headers.get('date'))).toEqual(new Array(3).fill('Wed, 07 Mar 2018 15:29:25 GMT'));
    });
    it.each([
        ['217.0', 200],
        ['217', 200],
        ['0217', 200],
        ['2.17e2', 200],
        ['%20217', 200],
        ['163a', 500],
        ['nan', 500],
        ['abc', 500],
        ['218', 404],
    ])('the request page for day %s is %i', async (day, status) => {
        expect((await new Site().get(`jobrequest?day=${day}&year=2014`)).status).toBe(status);
    });
    it.each([
        ['sortie=a', 200],
        ['', 404],
        ['sortie=None', 404],
        ['sortie=', 404],
    ])('a flight with a sortie letter needs it: %j is %i', async (query, status) => {
        const site = new Site();
        site.project = 'GB12_03';
        expect((await site.get(`jobrequest?day=219&year=2014&${query}`)).status).toBe(status);
    });
    it('a missing day or year is 400; an empty sortie is not the same as none', async () => {
        const site = new Site();
        expect((await site.get('jobrequest?year=2014')).status).toBe(400);
        expect((await site.get('jobrequest?day=217')).status).toBe(400);
        expect((await site.get('jobrequest?day=217&year=2014&sortie=')).status).toBe(404);
        expect((await site.get('jobrequest?day=217&year=2014&sortie=None')).status).toBe(200);
    });
    it('confirming a name that does not exist succeeds and leaves a stub (pitfall 3)', async () => {
        const site = new Site();
        const answer = await site.get('confirm/AAA_typo');
        expect(answer.status).toBe(200);
        expect(await answer.text()).toContain('Request successfully confirmed.');
        expect(site.config('AAA_typo')).toBe('[DEFAULT]\nconfirmed = True\n\n');
        expect((await site.get('confirm/nowhere/x')).status).toBe(500);
    });
    it.each([
        ['downloads/nope', 200],
        ['downloads/nope/f21701', 200],
        ['downloads/a..b', 404],
        ['downloads/a..b/f21701', 404],
        ['status/nope', 500],
        ['status/processingupdate/nope', 500],
        ['bandratio/NOPE', 500],
        ['bandratio/req', 500],
        ['dem_error/anything', 200],
        ['dem_error/upload', 200],
        ['nowhere', 404],
        ['progress', 405],
        ['static/js/site.js', 200],
        ['static/nothing', 404],
    ])('GET /%s is %i', async (path, status) => {
        const answer = await new Site().get(path);
        expect(answer.status).toBe(status);
        if (path.startsWith('downloads/nope')) {
            expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
            expect(await answer.text()).toBe('The file you tried to access does not exist!');
        }
    });
    it('a product that is not there is 404 once the folder exists', async () => {
        const site = new Site();
        const id = await site.submitted();
        expect((await site.get(`downloads/${id}/f21709`)).status).toBe(404);
        const project = await site.get(`downloads/${id}`);
        expect(project.status).toBe(200);
        expect(await project.text()).toBe('Processing not finalised, contact NERC-ARF-DAN for assistance');
    });
    it.each(['success', 'kmlpage', 'static/css/bootstrap.min.css'])('/%s needs no login', async (path) => {
        const { sim } = new Site();
        expect((await sim.fetch(sim.baseUrl + path)).status).toBe(200);
    });
    it('the demonstration page has the link whose sortie letter stands in the day', async () => {
        const text = await new Site().text('kmlpage');
        expect(text.match(/<a href="processor\/jobrequest\?/g)).toHaveLength(85);
        expect(text).toContain('day=163a');
    });
    it('HEAD works wherever GET does, OPTIONS without login, and other methods are told', async () => {
        const site = new Site({ data: { flights: [FENIX] } });
        const head = await site.get('jobrequest?day=217&year=2014', { method: 'HEAD' });
        expect([head.status, await head.text()]).toEqual([200, '']);
        const options = await site.sim.fetch(`${site.sim.baseUrl}jobrequest`, { method: 'OPTIONS' });
        expect([options.status, options.headers.get('allow')]).toEqual([200, 'POST, GET, HEAD, OPTIONS']);
        const wrong = await site.post('status/x?project=GB13_08', {});
        expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS']);
    });
});
