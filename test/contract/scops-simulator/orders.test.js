import { describe, expect, it } from 'vitest';
import { BOTH_LINES, MINUTE, Site, SMALL_ORDER } from './support.js';
const { mask_all_check: _all, ...UNMASKED } = SMALL_ORDER;
const NAME = 'GB13_08_2014_217_20180307152824';
describe('the config of an order', () => {
    it('has the keys of section 13.2 in their order', async () => {
        const site = new Site();
        await site.order({}, BOTH_LINES);
        expect(site.config(NAME)).toBe([
            '[DEFAULT]',
            'julianday = 217',
            'year = 2014',
            'sortie = None',
            'project_code = GB13_08',
            'projection = UKBNG',
            'sourcefolder = /srv/arsf/2014/GB13_08-2014_217',
            'bandratio = False',
            'bandratioset = False',
            'bandratiomappedset = False',
            'bandratiolev1complete = False',
            'bandratiomappedcomplete = False',
            'has_error = False',
            'restart = False',
            'ftp_dem = False',
            'ftp_dem_confirmed = False',
            'plugin_directory = /srv/scops/plugins/',
            'projstring = tag-1',
            'dem = aster',
            'bounds = 50.36 -4.1 50.3 -4.25',
            'email = a@b.de',
            'interpolation = nearest',
            'pixelsize = 2.0 2.0',
            'submitted = False',
            'confirmed = False',
            'status_email_sent = False',
            'masking = uomnrqabcdef',
            '',
            '[f21701]',
            'process = true',
            'band_range = 1-20',
            '',
            '[f21702]',
            'process = true',
            'band_range = 1-22',
            '',
            '',
        ].join('\n'));
    });
    it.each([
        ['letters', { mask_check_u: 'on', mask_check_f: 'on', mask_check_o: 'on' }, 'ufo'],
        ['none before all', { mask_none_check: 'on', mask_all_check: 'on' }, 'none'],
        ['all before none', { mask_all_check: 'on', mask_none_check: 'on' }, 'uomnrqabcdef'],
        ['letters, then none', { mask_check_u: 'on', mask_none_check: 'on' }, 'none'],
        ['no mask field', {}, ''],
    ])('masks: %s (pitfall 32)', async (_name, masks, stored) => {
        const site = new Site();
        await site.order(masks, UNMASKED);
        expect(site.config()).toContain(`\nmasking = ${stored}\n`);
    });
    it('masks are walked by hash on a host of 2018', async () => {
        const walk = async (host) => {
            const site = new Site({ host });
            const letters = { mask_check_a: 'on', mask_check_b: 'on', mask_check_c: 'on', mask_check_d: 'on' };
            await site.order(letters, UNMASKED);
            return /\nmasking = (\w+)\n/.exec(site.config())?.[1] ?? '';
        };
        expect(await walk('modern')).toBe('abcd');
        const hashed = await walk('2018');
        expect(hashed).not.toBe('abcd');
        expect(Array.from(hashed).sort().join('')).toBe('abcd');
    });
    it('process is false where both checks are words without being "on" (pitfall 24)', async () => {
        const site = new Site();
        await site.order({ f21701_line_check: 'none', process_all_lines: 'none' });
        expect(site.config()).toContain('[f21701]\nprocess = false\n');
        site.sim.clock.advance(1000);
        await site.order({ f21701_line_check: 'none', process_all_lines: 'on' });
        expect(site.config()).toContain('[f21701]\nprocess = true\n');
    });
    it('an uploaded DEM is saved under a cleaned name, with its header', async () => {
        const site = new Site();
        await site.order({
            optionsDemRadios: 'upload',
            optionsDemUploadRadios: 'hdr_true',
            file: { file: 'heights', name: 'my area.dem' },
            header_file: { file: 'ENVI', name: 'whatever.hdr' },
        });
        const stem = '/srv/scops/dem_upload/my_area20180307152824';
        expect(site.config()).toContain(`\ndem = upload\ndem_name = ${stem}.dem\nbounds =`);
        expect([...site.sim.demFiles.keys()]).toEqual([`${stem}.dem`, `${stem}.hdr`]);
        expect(new TextDecoder().decode(site.sim.demFiles.get(`${stem}.hdr`))).toBe('ENVI');
    });
    it('a file is saved even for ASTER, but named only for upload; an empty part makes an empty file', async () => {
        const site = new Site();
        await site.postAsBrowser('progress', SMALL_ORDER, ['file']);
        expect(site.config()).not.toContain('dem_name');
        expect([...site.sim.demFiles].map(([path, bytes]) => [path, bytes.length])).toEqual([
            ['/srv/scops/dem_upload/20180307152824.dem', 0],
        ]);
    });
    it('FTP leaves the name empty and saves no part', async () => {
        const site = new Site();
        await site.order({
            optionsDemRadios: 'upload',
            optionsDemUploadRadios: 'ftp_true',
            file: { file: 'x', name: 'a.dem' },
        });
        expect(site.config()).toContain('\nftp_dem = True\nftp_dem_confirmed = False\n');
        expect(site.config()).toContain('\ndem_name = \n');
        expect(site.sim.demFiles.size).toBe(0);
    });
    it('generation a has no plugin folder, forgets the DEM and always wants a confirmation', async () => {
        const site = new Site({ generation: 'a', skipConfirmation: true });
        await site.order({ optionsDemRadios: 'upload', file: { file: 'heights', name: 'a.dem' } });
        expect(site.config()).not.toMatch(/plugin_directory|dem_name/);
        expect(site.config()).toContain('\nconfirmed = False\n');
    });
    it('a server may skip the confirmation: no mail 1, confirmed at once', async () => {
        const site = new Site({ skipConfirmation: true });
        expect(await site.ordered()).toBe(NAME);
        expect(site.config()).toContain('\nconfirmed = True\n');
        expect(site.sim.outbox).toEqual([]);
    });
    it('two orders of one second share one file (pitfall 15)', async () => {
        const site = new Site();
        const names = [await site.ordered({ projString: 'first' }), await site.ordered({ projString: 'second' })];
        expect(names).toEqual([NAME, NAME]);
        expect(site.sim.configs.size).toBe(1);
        expect(site.config(NAME)).toContain('projstring = second');
        site.sim.clock.advance(1000);
        expect(await site.ordered()).toBe('GB13_08_2014_217_20180307152825');
    });
    it('a day in another spelling goes into the name as it was sent, encoded in the redirect', async () => {
        const site = new Site();
        expect(await site.ordered({ julianday: ' 217' })).toBe('GB13_08_2014_%20217_20180307152824');
        expect([...site.sim.configs.keys()]).toEqual(['GB13_08_2014_ 217_20180307152824']);
    });
    it('line breaks go into continuation lines', async () => {
        const site = new Site();
        await site.order({ projString: 'a\r\nb' });
        expect(site.config()).toContain('projstring = a\r\n\tb\n');
    });
    it('a host of 2018 breaks off at the first character beyond ASCII (pitfall 26)', async () => {
        const site = new Site({ host: { configText: 'ascii' } });
        expect(await site.ordered({ email: 'jörg@b.de' })).toBe('0');
        expect(site.config(NAME)).toMatch(/\nbounds = [^\n]*\n$/);
        const modern = new Site();
        expect(await modern.ordered({ email: 'jörg@b.de' })).toBe(NAME);
        expect(modern.config()).toContain('jörg@b.de');
    });
    it('stamps are those of the server, in its own zone', async () => {
        const clock = { start: '2018-07-01T22:30:00Z' };
        expect(await new Site({ clock, timeZone: 'Europe/London' }).ordered()).toBe('GB13_08_2014_217_20180701233000');
        expect(await new Site({ clock }).ordered()).toBe('GB13_08_2014_217_20180701223000');
    });
    it('redirects are absolute on a host of 2018', async () => {
        const answer = await new Site({ host: '2018' }).order();
        expect(answer.headers.get('location')).toBe(`https://scops.simulated/processor/bandratio/${NAME}?project=GB13_08`);
    });
    it('a form of more than a thousand parts or 500 kB is refused by new hosts only', async () => {
        const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`extra${index}`, 'x']));
        expect((await new Site().order(many)).status).toBe(413);
        expect((await new Site({ host: '2018' }).order(many)).status).toBe(302);
        expect((await new Site().order({ projString: 'x'.repeat(500_001) })).status).toBe(413);
    });
});
describe('mail 1', () => {
    it('holds the link that confirms and the reference', async () => {
        const site = new Site();
        await site.order();
        const [mail] = site.sim.outbox;
        expect(site.sim.outbox).toHaveLength(1);
        expect(mail).toMatchObject({
            from: 'nerc-arf-processing@pml.ac.uk',
            to: 'a@b.de',
            subject: 'NERC-ARF web processor confirmation email',
            at: Date.parse('2018-03-07T15:28:24Z'),
        });
        expect(mail?.text).toContain(`reference ${NAME}`);
        expect(mail?.text).toContain(`https://scops.simulated/processor/confirm/${NAME}?project=GB13_08`);
    });
    it('that fails shows as the name 0, and as plain success without bandratio (pitfall 16)', async () => {
        const site = new Site({ smtp: false });
        const answer = await site.order();
        expect(answer.headers.get('location')).toBe('/processor/bandratio/0?project=GB13_08');
        expect(site.config(NAME)).toContain('\nconfirmed = False\n');
        site.sim.clock.advance(1000);
        expect((await site.order({ bandratio: undefined })).headers.get('location')).toBe('/processor/success');
        expect(site.sim.configs.size).toBe(2);
        expect(site.sim.outbox).toEqual([]);
        site.sim.smtp = true;
        site.sim.clock.advance(1000);
        expect(await site.ordered()).toBe('GB13_08_2014_217_20180307152826');
    });
});
describe('confirming', () => {
    it('sets one key and may be repeated', async () => {
        const site = new Site();
        const name = await site.ordered();
        const before = site.config(name);
        for (const method of ['GET', 'POST']) {
            expect((await site.get(`confirm/${name}`, { method })).status).toBe(200);
            expect(site.config(name)).toBe(before.replace('\nconfirmed = False', '\nconfirmed = True'));
        }
    });
    it('an unconfirmed order is never processed', async () => {
        const site = new Site();
        await site.order();
        site.sim.clock.advance(10 * MINUTE);
        expect(site.sim.processingIds).toEqual([]);
    });
});
it('reset brings back the first state', async () => {
    const site = new Site({ smtp: false });
    site.sim.smtp = true;
    await site.submitted();
    site.sim.reset();
    expect([site.sim.configs.size, site.sim.outbox.length, site.sim.processingIds.length, site.sim.smtp]).toEqual([
        0,
        0,
        0,
        false,
    ]);
    expect(site.sim.clock.now()).toBe(Date.parse('2018-03-07T15:28:24Z'));
    site.sim.smtp = true;
    expect(await site.ordered()).toBe(NAME);
});
