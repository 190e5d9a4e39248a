import { describe, expect, it } from 'vitest';
import { MINUTE, Site, SMALL_ORDER } from './support.js';
const header = (samples) => ({
    file: `ENVI\nsamples = ${samples}\nlines = 100\nmap info = {Geographic Lat/Lon, 1, 1, -4.5, 50.5, 0.01, 0.01, WGS-84}\n`,
    name: 'a.hdr',
});
const dem = (samples) => ({
    optionsDemRadios: 'upload',
    optionsDemUploadRadios: 'hdr_true',
    file: { file: 'heights', name: 'a.dem' },
    header_file: header(samples),
});
const SMALL = 10;
const LARGE = 100;
async function withDemError() {
    const site = new Site();
    const name = await site.ordered(dem(SMALL));
    await site.get(`confirm/${name}`);
    site.sim.clock.advance(MINUTE);
    return { site, id: site.sim.processingIds[0] ?? '', name };
}
describe('an uploaded DEM', () => {
    it('that covers the flight is used', async () => {
        const site = new Site();
        const id = await site.submitted(dem(LARGE));
        site.sim.clock.advance(3 * MINUTE);
        expect((await site.json(id)).f21701?.stage).toBe('complete');
        const log = new TextDecoder().decode(site.sim.workspaceFiles.get(`${id}/logs/f21701_log.txt`));
        expect(log).toContain('-dem /srv/scops/dem_upload/a20180307152824.dem');
    });
    it('that is too small leads to mail 4, whose link lacks the mount point (pitfall 22), and to an empty status', async () => {
        const { site, id, name } = await withDemError();
        const mails = site.sim.outbox.filter(({ subject }) => subject === `${id} processing error`);
        expect(mails.map(({ to }) => to)).toEqual(['a@b.de', 'nerc-arf-code@pml.ac.uk']);
        expect(mails[0]?.text).toContain(`https://scops.simulated/dem_error/${id}?project=GB13_08`);
        expect(site.config(name)).toContain('has_error = True');
        expect(await site.json(id)).toEqual({});
        site.sim.clock.advance(5 * MINUTE);
        expect(site.sim.processingIds).toEqual([id]);
        expect(site.sim.cronLog).toHaveLength(1);
    });
    it.each([
        ['without a header', { header_file: undefined }],
        ['without bytes', { file: { file: '', name: 'a.dem' } }],
        ['with a header that says nothing', { header_file: { file: 'ENVI', name: 'a.hdr' } }],
    ])('%s poisons the queue (pitfall 4)', async (_name, changes) => {
        const site = new Site();
        await site.get(`confirm/${await site.ordered({ ...dem(LARGE), ...changes })}`);
        site.sim.clock.advance(3 * MINUTE);
        expect(site.sim.processingIds).toHaveLength(3);
        expect(site.sim.cronLog.every(({ error }) => error?.includes('cannot be read'))).toBe(true);
    });
    it('is judged as the option says, whatever its header', async () => {
        const site = new Site({ demCovers: false });
        await site.submitted(dem(LARGE));
        expect(site.config()).toContain('has_error = True');
    });
});
describe('answering a DEM error', () => {
    it('shows a form for any id at all, without a project field', async () => {
        const text = await new Site().text('dem_error/whatever');
        expect(text).toContain('<h1>Re-upload your DEM</h1>');
        expect(text).toContain('<p>The dem does not cover enough of the area</p>');
        expect(text).toContain('<input type="hidden" name="proj" id="proj" value="whatever">');
        expect(text).not.toContain('name="project"');
    });
    it.each([
        ['nothing', {}, 400],
        ['no choice', { proj: 'x' }, 400],
        ['no id', { optionsDemRadios: 'upload' }, 400],
        ['an unknown id', { proj: 'x', optionsDemRadios: 'upload' }, 500],
    ])('with %s is refused', async (_name, fields, status) => {
        const { site } = await withDemError();
        expect((await site.post('dem_error/upload', fields)).status).toBe(status);
    });
    it('with a new DEM repairs the order, in the same folder, and needs no login (pitfall 2)', async () => {
        const { site, id, name } = await withDemError();
        const answer = await site.post('dem_error/upload', { proj: id, ...dem(LARGE), file: { file: 'heights', name: 'b.dem' } }, { headers: { authorization: '' } });
        expect(answer.status).toBe(200);
        expect(await answer.text()).toMatch(/<h1>Processing<\/h1>[\s\S]*successfully amended/);
        expect(site.config(name)).toMatch(/has_error = False\nrestart = True\n[\s\S]*dem_name = \S*\/b20180307\d+\.dem\n/);
        site.sim.clock.advance(5 * MINUTE);
        expect(site.sim.processingIds).toEqual([id]);
        expect((await site.json(id)).f21701?.stage).toBe('complete');
        expect(site.config(name)).toContain('restart = False');
    });
    it.each(['aster', 'srtm'])('with %s uses the bad DEM after all (pitfall 19)', async (source) => {
        const { site, id, name } = await withDemError();
        await site.post('dem_error/upload', { proj: id, optionsDemRadios: source });
        expect(site.config(name)).toMatch(new RegExp(`dem = ${source}\\n`));
        site.sim.clock.advance(5 * MINUTE);
        const log = new TextDecoder().decode(site.sim.workspaceFiles.get(`${id}/logs/f21701_log.txt`));
        expect(log).toContain('-dem /srv/scops/dem_upload/a20180307152824.dem');
        expect((await site.json(id)).f21701?.stage).toBe('complete');
    });
    it('with "upload" and no file checks the old one again', async () => {
        const { site, id } = await withDemError();
        await site.post('dem_error/upload', { proj: id, optionsDemRadios: 'upload' });
        site.sim.clock.advance(MINUTE);
        expect(site.sim.outbox.filter(({ subject }) => subject === `${id} processing error`)).toHaveLength(4);
    });
    it('with an empty file part makes a DEM of no bytes, and blocks the queue', async () => {
        const { site, id } = await withDemError();
        await site.postAsBrowser('dem_error/upload', { proj: id, optionsDemRadios: 'upload' }, ['file', 'header_file']);
        expect([...site.sim.demFiles.values()].filter((bytes) => bytes.length === 0)).toHaveLength(2);
        site.sim.clock.advance(3 * MINUTE);
        expect(site.sim.cronLog.at(-1)?.error).toContain('it is empty');
        expect(site.sim.cronLog).toHaveLength(4);
    });
    it('by a pattern reaches a job without knowing its id (pitfall 6)', async () => {
        const { site, name } = await withDemError();
        await site.post('dem_error/upload', { proj: 'GB13_08_*', optionsDemRadios: 'srtm' });
        expect(site.config(name)).toContain('restart = True');
    });
    it('re-arms a job that is finished (pitfall 5)', async () => {
        const site = new Site();
        const id = await site.submitted({}, SMALL_ORDER);
        site.sim.clock.advance(3 * MINUTE);
        await site.post('dem_error/upload', { proj: id, optionsDemRadios: 'aster' });
        site.sim.clock.advance(MINUTE);
        expect((await site.json(id)).f21701?.stage).not.toBe('complete');
    });
});
