import { describe, expect, it } from 'vitest';
import { BOTH_LINES, FENIX, FENIX_ORDER, MINUTE, Site, SMALL_ORDER } from './support.js';
describe('the minute job', () => {
    it('picks a confirmed order up at the full minute and sends mail 2, with a copy to the operator', async () => {
        const site = new Site();
        const name = await site.ordered();
        await site.get(`confirm/${name}`);
        site.sim.clock.advance(35_000);
        expect(site.sim.processingIds).toEqual([]);
        site.sim.clock.advance(5000);
        const id = 'GB13_08_2014_21720180307152901';
        expect(site.sim.processingIds).toEqual([id]);
        expect(site.sim.cronLog).toMatchObject([{ config: name, processingId: id }]);
        const mails = site.sim.outbox.slice(1);
        expect(mails.map(({ to, subject }) => [to, subject])).toEqual([
            ['a@b.de', `${id} order processing`],
            ['nerc-arf-code@pml.ac.uk', `${id} order processing`],
        ]);
        expect(mails[0]?.text).toContain(`https://scops.simulated/processor/status/${id}?&project=GB13_08`);
        expect(site.config(name)).toMatch(/submitted = True\nconfirmed = True\nstatus_email_sent = True\nmasking = uomnrqabcdef\ndem_name = .*UKBNG\.dem\noutput_folder = \/srv\/scops\/processing\/GB13_08_2014_21720180307152901\n/);
        site.sim.clock.advance(5 * MINUTE);
        expect(site.sim.processingIds).toEqual([id]);
    });
    it('puts the sortie letter into the id, and pads nothing', async () => {
        const site = new Site();
        site.project = 'GB12_03';
        const flight = { project: 'GB12_03', julianday: '219', sortie: 'a', f21701_line_check: undefined };
        const line = { f219a01_line_check: 'on', f219a01_band_start: '1', f219a01_band_stop: '2' };
        expect(await site.submitted({ ...flight, ...line })).toBe('GB12_03_2014_219a20180307152901');
        const other = new Site({ data: { flights: [FENIX] } });
        other.project = 'GB14_00';
        expect(await other.submitted({}, FENIX_ORDER)).toBe('GB14_00_2014_6720180307152901');
    });
    it('holds an order for band maths until that was sent', async () => {
        const site = new Site();
        const name = await site.ordered({ bandratio: 'on' });
        await site.get(`confirm/${name}`);
        site.sim.clock.advance(3 * MINUTE);
        expect(site.sim.processingIds).toEqual([]);
        await site.post('bandratio/req', { source: name, lev1_mapped: 'lev1', project: 'GB13_08' });
        site.sim.clock.advance(MINUTE + 5000);
        expect(site.sim.processingIds).toHaveLength(1);
    });
    it.each([
        ['a stub from /confirm', 'confirm/AAA_typo'],
        ['a stub from /bandratio/req', 'bandratio/req'],
    ])('%s stops every tick until somebody removes it (pitfall 3)', async (_name, path) => {
        const site = new Site();
        await (path === 'bandratio/req'
            ? site.post(path, { source: 'AAA_typo', lev1_mapped: 'lev1', project: 'GB13_08' })
            : site.get(path));
        const name = await site.ordered();
        await site.get(`confirm/${name}`);
        site.sim.clock.advance(5 * MINUTE);
        expect(site.sim.processingIds).toEqual([]);
        expect(site.sim.cronLog.map((entry) => entry.config)).toEqual(new Array(5).fill('AAA_typo'));
        expect(site.sim.cronLog[0]?.error).toContain('NoOptionError');
        site.sim.operator.removeConfig('AAA_typo');
        site.sim.clock.advance(MINUTE);
        expect(site.sim.processingIds).toHaveLength(1);
    });
    it.each([
        ['no line', { f21701_line_check: undefined }],
        ['upload without a file', { optionsDemRadios: 'upload' }],
        [
            'a line of an unknown sensor',
            { x1_line_check: 'on', x1_band_start: '1', x1_band_stop: '1', f21701_line_check: undefined },
        ],
    ])('%s fails at each tick, with a new folder each time, and blocks those behind (pitfall 4)', async (_name, changes) => {
        const site = new Site();
        const poisoned = await site.ordered(changes);
        await site.get(`confirm/${poisoned}`);
        site.sim.clock.advance(1000);
        const innocent = await site.ordered();
        await site.get(`confirm/${innocent}`);
        site.sim.clock.advance(3 * MINUTE);
        expect(site.sim.cronLog.map(({ config }) => config)).toContain(poisoned);
        expect(site.config(innocent)).toContain('submitted = False');
        expect(site.sim.processingIds).toHaveLength(3);
    });
    it('a line that is not on disk does not block; it stays "Waiting to process"', async () => {
        const site = new Site();
        const id = await site.submitted({ f9_line_check: 'on', f9_band_start: '1', f9_band_stop: '1' });
        site.sim.clock.advance(5 * MINUTE);
        const products = await site.json(id);
        expect(products.f9?.stage).toBe('Waiting to process');
        expect(products.f21701?.stage).toBe('complete');
        expect(site.sim.cronLog.every(({ error }) => error === undefined)).toBe(true);
    });
    it('two orders of one day confirmed in one minute: the second kills the tick, the next one recovers (pitfall 29)', async () => {
        const site = new Site();
        for (const _ of [1, 2]) {
            await site.get(`confirm/${await site.ordered()}`);
            site.sim.clock.advance(1100);
        }
        site.sim.clock.advance(40_000);
        expect(site.sim.processingIds).toEqual(['GB13_08_2014_21720180307152901']);
        expect(site.sim.cronLog.at(-1)?.error).toContain('exists');
        site.sim.clock.advance(MINUTE);
        expect(site.sim.processingIds.at(-1)).toBe('GB13_08_2014_21720180307153001');
    });
    it('that cannot send mail 2 has submitted the order, but starts no line (pitfall 28)', async () => {
        const site = new Site();
        const name = await site.ordered({}, BOTH_LINES);
        await site.get(`confirm/${name}`);
        site.sim.smtp = false;
        site.sim.clock.advance(10 * MINUTE);
        const id = site.sim.processingIds[0] ?? '';
        expect(site.sim.processingIds).toHaveLength(1);
        expect(site.config(name)).toContain('submitted = True');
        const stages = Object.values(await site.json(id)).map(({ stage }) => stage);
        expect(stages).toEqual(['Waiting to process', 'Waiting to process']);
    });
    it('waits for the operator where a DEM comes by FTP, and fails for ever if it is not there (pitfall 4)', async () => {
        const site = new Site();
        const name = await site.ordered({ optionsDemRadios: 'upload', optionsDemUploadRadios: 'ftp_true' });
        await site.get(`confirm/${name}`);
        site.sim.clock.advance(2 * MINUTE);
        expect(site.sim.processingIds).toEqual([]);
        site.sim.operator.approveFtpDem(name);
        site.sim.clock.advance(2 * MINUTE);
        expect(site.sim.processingIds).toHaveLength(2);
        expect(site.sim.cronLog.at(-1)?.error).toContain('FTP');
        expect(site.config(name)).toContain('has_error = False');
        const header = 'samples = 100\nlines = 100\nmap info = {Geographic Lat/Lon, 1, 1, -5, 51, 0.02, 0.02, WGS-84}\n';
        site.sim.operator.approveFtpDem(name, { data: new Uint8Array(10), header });
        site.sim.clock.advance(MINUTE);
        expect(site.config(name)).toContain('submitted = True');
    });
    it('takes restart over everything, confirmed or not (pitfall 5)', async () => {
        const site = new Site();
        const name = await site.ordered();
        site.sim.operator.writeConfig(name, site.config(name).replace('restart = False', 'restart = True'));
        site.sim.clock.advance(MINUTE);
        expect(site.sim.processingIds).toHaveLength(1);
    });
});
describe('processing', () => {
    it('goes through the stages in time, with progress that falls back to the base of a stage', async () => {
        const site = new Site();
        const id = await site.submitted();
        const seen = [];
        for (let second = 0; second < 120; second += 1) {
            const { stage, progress } = (await site.json(id)).f21701 ?? {};
            if (seen.at(-1)?.[0] !== stage || seen.at(-1)?.[1] !== progress)
                seen.push([stage, progress]);
            site.sim.clock.advance(1000);
        }
        expect(seen.map(([stage]) => stage).filter((stage, at, all) => stage !== all[at - 1])).toEqual([
            'Waiting to process',
            'aplmask',
            'aplcorr',
            'apltran',
            'aplmap',
            'zipping',
            'complete',
        ]);
        expect(seen).toContainEqual(['aplmap', 70]);
        const zipping = seen.findIndex(([stage]) => stage === 'zipping');
        expect(seen[zipping]?.[1]).toBe(95);
    });
    it('starts with waiting rows: zero sizes with the number 0 as unit', async () => {
        const site = new Site();
        const id = await site.submitted();
        const link = `https://scops.simulated/processor/downloads/${id}/f21701?&project=GB13_08`;
        expect((await site.json(id)).f21701).toEqual({
            name: 'f21701',
            stage: 'Waiting to process',
            progress: 0,
            filesize: 0,
            bytesize: 0,
            flag: false,
            link,
            zipsize: 0,
            zipbyte: 0,
        });
    });
    it('has each product twice in the database, and updates reach both rows', async () => {
        const site = new Site();
        const id = await site.submitted();
        expect(site.sim.statusRows).toHaveLength(1);
        site.sim.clock.advance(5000);
        expect(site.sim.statusRows.map(({ processingId, name, stage }) => [processingId, name, stage])).toEqual([
            [id, 'f21701', 'aplmask'],
            [id, 'f21701', 'aplmask'],
        ]);
        expect(new Site({ generation: 'c' }).sim.statusRows).toEqual([]);
    });
    it('fails or stalls single lines as the data say, without harm to the others', async () => {
        const site = new Site({ data: { lines: { f21702: { fails: 'aplcorr' } } } });
        const id = await site.submitted({}, BOTH_LINES);
        site.sim.clock.advance(3 * MINUTE);
        expect(await site.json(id)).toMatchObject({ f21701: { stage: 'complete' }, f21702: { stage: 'ERROR - aplcorr' } });
        expect(await site.text(`downloads/${id}`)).toContain('not finalised');
    });
    it('prints JSON with sorted keys, compact today and with white space in 2018', async () => {
        const texts = await Promise.all(['modern', '2018'].map(async (host) => {
            const site = new Site({ host });
            const id = await site.submitted({}, { f21702_line_check: 'on', f21702_band_start: '1', f21702_band_stop: '2', ...SMALL_ORDER });
            return site.text(`status/processingupdate/${id}`);
        }));
        expect(texts[0]).toMatch(/^\{"f21701":\{"bytesize":.*"zipsize":0\},"f21702":/);
        expect(texts[1]).toMatch(/^\{\n {2}"f21701": \{\n/);
    });
    it('ends with stale values in the database: complete with 95, 57.5 and 0 percent (pitfall 9)', async () => {
        const ends = async (staleProgress) => {
            const lines = ['f21701', 'f21702', 'f21703'].map((name) => ({ name, wavelengths: [400, 500] }));
            const flight = { ...FENIX, project: 'GB13_08', day: 217, lines };
            const site = new Site({ staleProgress, data: { flights: [flight] } });
            const ticks = lines.flatMap(({ name }) => [
                [`${name}_line_check`, 'on'],
                [`${name}_band_start`, '1'],
                [`${name}_band_stop`, '2'],
            ]);
            const id = await site.submitted(Object.fromEntries(ticks));
            site.sim.clock.advance(3 * MINUTE);
            return Object.values(await site.json(id)).map(({ stage, progress }) => [stage, progress]);
        };
        expect(await ends(true)).toEqual([
            ['complete', 95],
            ['complete', 57.5],
            ['complete', 0],
        ]);
        expect(await ends(false)).toEqual(new Array(3).fill(['complete', 100]));
    });
    it('in file mode has friendly labels, links without host and exact sizes', async () => {
        const site = new Site({ generation: 'c' });
        const id = await site.submitted();
        site.sim.clock.advance(5000);
        expect((await site.json(id)).f21701).toMatchObject({
            stage: 'Masking',
            link: `/processor/downloads/${id}/f21701?project=GB13_08`,
        });
        site.sim.clock.advance(3 * MINUTE);
        const done = (await site.json(id)).f21701;
        expect(done).toMatchObject({ stage: 'Complete', progress: 100, flag: false, bytesize: 'MB', zipbyte: 'MB' });
        expect(done?.zipsize).toBeGreaterThan(0);
    });
    it('tells sizes above 500 MB in GB', async () => {
        const lines = FENIX.lines.map((line) => ({ ...line, mappedMegabytes: 2048 }));
        const site = new Site({ data: { flights: [{ ...FENIX, lines }] } });
        site.project = 'GB14_00';
        const id = await site.submitted({}, FENIX_ORDER);
        site.sim.clock.advance(3 * MINUTE);
        expect((await site.json(id)).f06701).toMatchObject({ filesize: 2, bytesize: 'GB', zipsize: 0, zipbyte: 'MB' });
    });
    it('leaves deselected lines out of both modes', async () => {
        for (const generation of ['b', 'c']) {
            const site = new Site({ generation });
            const deselected = { f21701_line_check: 'none', process_all_lines: 'none' };
            const id = await site.submitted(deselected, BOTH_LINES);
            site.sim.clock.advance(3 * MINUTE);
            expect(Object.keys(await site.json(id))).toEqual(['f21702']);
            expect(site.sim.outbox.some(({ subject }) => subject === `${id} order complete`)).toBe(true);
        }
    });
    it('records an error with its stage and keeps the flag; a re-run adds a row without it', async () => {
        const lines = FENIX.lines.map((line) => ({ ...line, fails: 'apltran' }));
        const site = new Site({ data: { flights: [{ ...FENIX, lines }] } });
        site.project = 'GB14_00';
        const id = await site.submitted({}, FENIX_ORDER);
        site.sim.clock.advance(3 * MINUTE);
        expect((await site.json(id)).f06701).toMatchObject({ stage: 'ERROR - apltran', flag: true, progress: 30 });
        site.sim.operator.rerun(id, 'f06701');
        expect((await site.json(id)).f06701).toMatchObject({ stage: 'Waiting to process', flag: false });
        expect(await site.text(`downloads/${id}`)).toContain('not finalised');
    });
    it.each([
        ['utm', 'ERROR - projection not identified'],
        ['UTM zone 30N', 'complete'],
        ['UTM zone 5N', 'complete'],
    ])('with projection %s a product ends at %s', async (projectionRadios, stage) => {
        const site = new Site();
        const id = await site.submitted({ projectionRadios });
        site.sim.clock.advance(3 * MINUTE);
        expect((await site.json(id)).f21701?.stage).toBe(stage);
        const log = new TextDecoder().decode(site.sim.workspaceFiles.get(`${id}/logs/f21701_log.txt`));
        if (projectionRadios.startsWith('UTM')) {
            // A zone of one digit loses its hemisphere (pitfall 18).
            expect(log).toContain(projectionRadios.includes('30') ? '-outproj utm_wgs84N 30' : '-outproj utm_wgs84 5\n');
        }
    });
    it.each([
        ['without any mask', { mask_all_check: undefined }, 'ERROR - aplmask'],
        ['with a band that the line lacks', { f21701_band_stop: '999' }, 'ERROR - aplmap'],
        ['with an infinite pixel', { pixel_size_x: 'inf' }, 'ERROR - aplmap'],
        ['with a free interpolation', { optionsIntRadios: 'idw 3' }, 'complete'],
        ['without masking', { mask_all_check: undefined, mask_none_check: 'on' }, 'complete'],
    ])('an order %s ends at %s', async (_name, changes, stage) => {
        const site = new Site();
        const id = await site.submitted(changes);
        site.sim.clock.advance(3 * MINUTE);
        expect((await site.json(id)).f21701?.stage).toBe(stage);
    });
    it('a stuck zip has no error and blocks the other products (pitfall 10)', async () => {
        const lines = FENIX.lines.map((line, at) => (at === 0 ? { ...line, stalls: 'zipping' } : line));
        const site = new Site({ data: { flights: [{ ...FENIX, lines }] } });
        site.project = 'GB14_00';
        const id = await site.submitted({}, FENIX_ORDER);
        site.sim.clock.advance(30 * MINUTE);
        expect(await site.json(id)).toMatchObject({
            f06701: { stage: 'zipping', flag: false },
            f06702: { stage: 'waiting to zip', flag: false },
        });
    });
    it('with a local queue works the lines off one after another, within the tick', async () => {
        const site = new Site({ queue: 'local' });
        const id = await site.submitted({}, BOTH_LINES);
        site.sim.clock.advance(30_000);
        expect(await site.json(id)).toMatchObject({ f21701: { stage: 'aplmap' }, f21702: { stage: 'Waiting to process' } });
        site.sim.clock.advance(3 * MINUTE);
        expect(await site.json(id)).toMatchObject({ f21701: { stage: 'complete' }, f21702: { stage: 'complete' } });
    });
    it('shows the pattern weakness of ids: a star finds other jobs (pitfall 6)', async () => {
        const site = new Site();
        await site.submitted({ projString: 'secret-tag' });
        expect(await site.text('status/GB13_08_2014_*')).toContain('secret-tag');
        expect((await site.get('status/GB13_09_*')).status).toBe(500);
        expect((await site.get('status/x%2F..%2FGB13_08_2014_21720180307152901')).status).toBe(200);
    });
});
