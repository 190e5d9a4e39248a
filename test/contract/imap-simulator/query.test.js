import { describe, expect, it } from 'vitest';
import { callerOf } from './caller.js';
describe('the filters of /query (3.4)', () => {
    it('takes both ends of both date ranges in', async () => {
        const caller = callerOf();
        const names = await caller.names('/query?instrument=mag&data_level=l2&start_date=20260105&end_date=20260106');
        expect(names.map((name) => name.slice(21))).toEqual([
            '20260105_v001.0001.cdf',
            '20260105_v001.0002.cdf',
            '20260106_v001.0001.cdf',
            '20260106_v001.0002.cdf',
        ]);
        const [row] = await caller.rows('/query?file_path=imap/mag/l2/2026/01/imap_mag_l2_norm-gse_20260105_v001.0001.cdf');
        const day = String(row?.ingestion_date).slice(0, 8);
        const sameDay = `/query?instrument=mag&data_level=l2&ingestion_start_date=${day}&ingestion_end_date=${day}`;
        expect(await caller.names(sameDay)).toContain('imap_mag_l2_norm-gse_20260105_v001.0001.cdf');
    });
    it('shows a row as the deployed server does', async () => {
        const caller = callerOf();
        const [row] = await caller.rows('/query?instrument=hi&start_date=20260105&end_date=20260105&minor_version=2');
        expect(row).toEqual({
            file_path: 'imap/hi/l1c/2026/01/imap_hi_l1c_45sensor-pset_20260105-repoint00104_v001.0002.cdf',
            instrument: 'hi',
            data_level: 'l1c',
            descriptor: '45sensor-pset',
            start_date: '20260105',
            repointing: 104,
            major_version: 1,
            minor_version: 2,
            version: 'v001.0002',
            extension: 'cdf',
            ingestion_date: expect.stringMatching(/^\d{8} \d\d:\d\d:\d\d$/),
            cr: null,
            crid: null,
            released: true,
        });
    });
    it.each([
        ['repointing=104', 5 * 2],
        ['repointing=00104', 5 * 2],
        ['descriptor=norm-gse', 6],
        ['extension=pkts&instrument=swe&data_level=l0', 6],
        ['cr=2306', 1],
        ['released=false', 0],
        ['table=science&descriptor=nothing', 0],
    ])('%s finds %i public files', async (query, count) => {
        expect(await callerOf().names(`/query?${query}`)).toHaveLength(count);
    });
    it('ignores path segments behind the route and answers in ascending paths', async () => {
        const names = await callerOf().rows('/query/a/b?table=science');
        const paths = names.map((row) => row.file_path);
        expect(paths.length).toBeGreaterThan(100);
        expect(paths).toEqual([...paths].sort());
    });
    it('lists ancillary files whose start lies in the range, with end dates or null (43)', async () => {
        const caller = callerOf();
        const rows = await caller.rows('/query?table=ancillary&instrument=mag&end_date=20251201');
        expect(rows.map((row) => [row.start_date, row.end_date, row.version])).toEqual([
            ['20250901', '20251231', 'v001'],
            ['20250901', null, 'v001'],
            ['20250901', null, 'v002'],
        ]);
        expect(Object.keys(rows[0] ?? {}).sort()).toEqual([
            'descriptor',
            'end_date',
            'extension',
            'file_path',
            'ingestion_date',
            'instrument',
            'released',
            'start_date',
            'version',
        ]);
        expect(await caller.rows('/query?table=ancillary&instrument=mag&version=v002')).toHaveLength(1);
    });
    it('compares columns for equality, the moment of ingestion in any of its forms', async () => {
        const caller = callerOf();
        const path = 'imap/ancillary/mag/imap_mag_l1b-calibration_20250901_v002.cdf';
        for (const stamp of ['20251002 09:30:15', '2025-10-02 09:30:15', '2025-10-02T09:30:15Z']) {
            const rows = await caller.rows(`/query?table=ancillary&ingestion_date=${encodeURIComponent(stamp)}`);
            expect(rows.map((row) => row.file_path)).toEqual([path]);
        }
        expect((await caller.get('/query?ingestion_date=yesterday')).status).toBe(500);
    });
    it('joins repeated names with a comma (50)', async () => {
        expect(await callerOf().names('/query?descriptor=norm-gse&descriptor=sci')).toEqual([]);
    });
});
describe('what /query refuses', () => {
    it('names the valid parameters in Python list notation', async () => {
        const reply = await callerOf().get('/query?instrument=mag&color=red');
        expect(reply.status).toBe(400);
        expect(reply.type).toBe('text/plain');
        expect(reply.json).toMatch(/^color is not a valid query parameter for science table\. Valid query parameters are: \['file_path', '.*'\]$/);
    });
    it.each([
        'table=ancillary&latest=true',
        'table=quicklook&latest=true',
        'table=quicklook&version=v001',
        'table=ancillary&data_level=l2',
        'table=science&limit=5',
    ])('%s is a 400', async (query) => {
        expect((await callerOf().get(`/query?${query}`)).status).toBe(400);
    });
    it.each([
        '',
        '?',
        '?table=everything',
        '?start_date=2026-01-05',
        '?end_date=20261301',
        '?ingestion_start_date=yesterday',
        '?instrument=sdc',
        '?data_level=l9',
        '?extension=txt',
        '?repointing=repoint00104',
        '?major_version=v1',
        '?minor_version=',
        '?cr=cr02306',
        '?released=perhaps',
        '?table=spice&kernel_type=leapseconds',
    ])('crashes with 500 on %s (39)', async (query) => {
        const reply = await callerOf().get(`/query${query}`);
        expect(reply.status).toBe(500);
        expect(reply.json).toEqual({ message: 'Internal Server Error' });
    });
    it('answers [] for table=spice as long as nothing matches', async () => {
        expect(await callerOf().rows('/query?table=spice&kernel_type=nothing')).toEqual([]);
    });
    it('an answer above the limit is a 500, never cut short (30)', async () => {
        expect((await callerOf({ maxAnswerBytes: 1000 }).get('/query?table=science')).status).toBe(500);
    });
});
describe('versions of science files (3.5, 3.6)', () => {
    const OF_DAY = 'instrument=mag&data_level=l2&start_date=20260106&end_date=20260106';
    const versions = async (prefix, query) => {
        const caller = callerOf();
        return (await caller.rows(`/${prefix}query?${query}`, caller.key)).map((row) => row.version);
    };
    it('gives all minors of the latest major by default', async () => {
        expect(await versions('', OF_DAY)).toEqual(['v001.0001', 'v001.0002']);
        expect(await versions('api-key/', OF_DAY)).toEqual(['v002.0001']);
    });
    it('the public gets the newest released version as latest (42)', async () => {
        expect(await versions('', `${OF_DAY}&latest=true`)).toEqual(['v001.0002']);
        expect(await versions('api-key/', `${OF_DAY}&latest=TRUE`)).toEqual(['v002.0001']);
    });
    it('ignores latest beside an explicit major (41)', async () => {
        expect(await versions('api-key/', `${OF_DAY}&latest=true&major_version=1`)).toEqual(['v001.0001', 'v001.0002']);
        expect(await versions('api-key/', `${OF_DAY}&version=v001.0001&latest=true`)).toEqual(['v001.0001']);
    });
    it('filters before it ranks: a minor alone can bring an older file (42)', async () => {
        expect(await versions('api-key/', `${OF_DAY}&minor_version=2`)).toEqual(['v001.0002']);
        expect(await versions('api-key/', `${OF_DAY}&version=v002`)).toEqual(['v001.0002']);
    });
    it.each(['V1', '001', '1', 'v0001'])('reads the version %s as minor 1', async (version) => {
        expect(await versions('', `${OF_DAY}&version=${version}`)).toEqual(['v001.0001']);
    });
    it('refuses a version that it cannot read', async () => {
        const reply = await callerOf().get('/query?version=newest');
        expect(reply.status).toBe(400);
        expect(reply.json).toBe("Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'.");
    });
    it('one Carrington rotation hides another of the same series (41)', async () => {
        const caller = callerOf();
        const query = '/query?instrument=glows&data_level=l3b';
        expect(await caller.names(query)).toHaveLength(2);
        expect(await caller.names(`${query}&latest=true`)).toEqual([
            'imap_glows_l3b_ion-rate-profile_20260105-cr02307_v001.0002.cdf',
        ]);
    });
    it('keeps equal ranks: one version with two extensions', async () => {
        expect(await callerOf().names('/query?instrument=swe&data_level=l1b&latest=true')).toHaveLength(2);
    });
    it('unreleased files are for authenticated callers, by prefix alone, and no answer says so (29)', async () => {
        const caller = callerOf();
        const query = 'query?instrument=hit&data_level=l2';
        expect(await caller.names(`/${query}`)).toEqual([]);
        expect(await caller.names(`/api-key/${query}`, caller.readKey)).toHaveLength(3);
        expect(await caller.names(`/authorized/${query}`, caller.bearer)).toHaveLength(3);
        caller.sim.setReleased('imap_hit_l2_macropixel-intensity_20260110_v001.0001.cdf', true);
        expect(await caller.names(`/${query}`)).toHaveLength(1);
        caller.sim.reset();
        expect(await caller.names(`/${query}`)).toEqual([]);
    });
    it('quicklook files are not reduced and mostly not released', async () => {
        const caller = callerOf();
        expect(await caller.names('/query?table=quicklook')).toHaveLength(2);
        const all = await caller.rows('/api-key/query?table=quicklook', caller.key);
        expect(all).toHaveLength(5);
        expect(all[0]?.file_path).toMatch(/^imap\/quicklook\//);
    });
});
it('rows can come with shuffled keys and columns that no client knows (49)', async () => {
    const caller = callerOf({ rows: { shuffleKeys: true, extra: { satellite: 'imap' } } });
    const rows = await caller.rows('/query?instrument=mag');
    expect(rows[0]).toMatchObject({ instrument: 'mag', satellite: 'imap' });
    expect(new Set(rows.map((row) => Object.keys(row).join())).size).toBeGreaterThan(1);
});
