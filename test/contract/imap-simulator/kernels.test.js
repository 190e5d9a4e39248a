import { describe, expect, it } from 'vitest';
import { ephemerisSeconds, momentOfEphemeris } from '../../../src/testing/imap/archive/coverage.js';
import { callerOf } from './caller.js';
async function kernels(query, caller = callerOf()) {
    return (await caller.rows(`/spice-query${query}`));
}
const names = (rows) => rows.map((row) => row.file_name).sort();
describe('/spice-query (section 4)', () => {
    it('finds kernels by type, with the folder in the answer (52)', async () => {
        expect(names(await kernels('?type=leapseconds'))).toEqual(['lsk/naif0012.tls']);
        expect(names(await kernels('?file_name=naif0012.tls'))).toEqual(['lsk/naif0012.tls']);
        expect(await kernels('?file_name=lsk/naif0012.tls')).toEqual([]);
        expect(await kernels('?type=unheard-of')).toEqual([]);
        expect((await kernels('?type=kernels')).length).toBeGreaterThan(20);
    });
    it('a kernel without own coverage carries the bounds of the mission', async () => {
        const [row] = await kernels('?type=leapseconds');
        expect(row).toMatchObject({
            file_root: 'naif.tls',
            version: 12,
            min_date_j2000: 315576066.1839245,
            max_date_j2000: 4575787269.183866,
            min_date_datetime: '2010-01-01, 00:00:00',
            max_date_datetime: '2145-01-01, 00:00:00',
            min_date_sclk: '1/0000000000:00000',
            max_date_sclk: '1/4260211203:00000',
            ingestion_date: '2025-09-01, 00:00:00',
            timestamp: 1756684800,
        });
    });
    it('selects by coverage in TDB seconds, fractions allowed', async () => {
        const at = ephemerisSeconds(Date.UTC(2026, 0, 5, 12));
        expect(momentOfEphemeris(at)).toBe(Date.UTC(2026, 0, 5, 12));
        const found = names(await kernels(`?type=attitude_history&start_time=${String(at)}&end_time=${String(at)}`));
        expect(found).toEqual([
            'ck/imap_2026_004_2026_005_01.ah.bc',
            'ck/imap_2026_005_2026_006_01.ah.bc',
            'ck/imap_2026_005_2026_006_02.ah.bc',
        ]);
    });
    it('latest is the highest version of a root over the whole table; kernels without version drop out', async () => {
        expect(names(await kernels('?type=attitude_history&latest=True'))).toEqual([
            'ck/imap_2026_004_2026_005_01.ah.bc',
            'ck/imap_2026_005_2026_006_02.ah.bc',
            'ck/imap_2026_006_2026_007_01.ah.bc',
        ]);
        expect(names(await kernels('?type=imap_frames&latest=true'))).toEqual(['fk/imap_131.tf']);
        expect(await kernels('?type=earth_attitude&latest=true')).toEqual([]);
        expect(await kernels('?type=earth_attitude')).toHaveLength(1);
        // The newest of the root is outside the range: nothing is left.
        expect(await kernels('?type=attitude_history&latest=true&file_name=imap_2026_005_2026_006_01.ah.bc')).toEqual([]);
    });
    it('an end of ingestion is midnight, so the day itself is left out (40)', async () => {
        const file = '&file_name=imap_2026_005_2026_006_02.ah.bc';
        expect(await kernels(`?start_ingest_date=20260109${file}`)).toHaveLength(1);
        expect(await kernels(`?end_ingest_date=20260109${file}`)).toHaveLength(0);
        expect(await kernels(`?end_ingest_date=20260110${file}`)).toHaveLength(1);
    });
    it.each(['start_date', 'end_date', 'version', 'ingestion_start_date'])('refuses %s (16)', async (name) => {
        const reply = await callerOf().get(`/spice-query?type=leapseconds&${name}=20260101`);
        expect(reply.status).toBe(400);
        expect(reply.json).toBe(`${name} is not a valid query parameter. Valid query parameters are: ['file_name', 'start_time', 'end_time', 'type', 'latest', 'start_ingest_date', 'end_ingest_date']`);
    });
    it('refuses bad values and crashes without a query string', async () => {
        const caller = callerOf();
        expect((await caller.get('/spice-query?start_time=yesterday')).json).toBe('Invalid value for start_time: yesterday');
        expect((await caller.get('/spice-query?end_ingest_date=2026-01-01')).status).toBe(400);
        expect((await caller.get('/spice-query')).status).toBe(500);
    });
    it('hands the three table types on', async () => {
        const caller = callerOf();
        expect(await kernels('?type=spin', caller)).toHaveLength(4);
        expect(await kernels('?type=thruster', caller)).toHaveLength(2);
        const at = ephemerisSeconds(Date.UTC(2026, 0, 5));
        expect(await kernels(`?type=spin&start_time=${String(at)}&end_time=${String(at + 86_400)}`, caller)).toHaveLength(2);
        expect(await kernels('?type=repoint&file_name=imap_2026_006_01.repoint.csv', caller)).toHaveLength(1);
        expect((await caller.get('/spice-query?type=spin&start_time=x')).json).toBe('Expected start/end times in ET.');
    });
});
describe('table files (9.2)', () => {
    it('show their rows, a repoint file without start', async () => {
        const caller = callerOf();
        const [spin] = await caller.rows('/spin-table');
        expect(spin).toEqual({
            file_path: 'imap/spice/spin/imap_2026_004_2026_005_01.spin.csv',
            start_date: '2026-01-04, 00:00:00',
            end_date: '2026-01-05, 00:00:00',
            version: '01',
            ingestion_date: '2026-01-06, 05:10:00',
        });
        const [repoint] = await caller.rows('/repoint-table?start_date=20270101');
        expect(repoint).not.toHaveProperty('start_date');
        expect(await caller.rows('/small-forces-table?end_date=20260105')).toHaveLength(1);
        expect(await caller.rows('/spin-table?start_date=20260105&end_date=20260106')).toHaveLength(2);
        expect(await caller.rows('/spin-table?start_ingest_date=20260107&end_ingest_date=20260109')).toHaveLength(2);
    });
    it('crash on latest=true (51) and refuse what they do not know', async () => {
        const caller = callerOf();
        expect((await caller.get('/spin-table?latest=true')).status).toBe(500);
        expect((await caller.get('/spin-table?latest=false')).status).toBe(200);
        expect((await caller.get('/repoint-table?version=1')).json).toBe("version is not a valid query parameter. Valid query parameters are: ['file_path', 'start_date', 'end_date', 'latest', 'start_ingest_date', 'end_ingest_date']");
        expect((await caller.get('/spin-table?start_date=x')).json).toBe('Invalid value for start_date: x');
        expect((await caller.get('/thruster-table')).status).toBe(404);
    });
});
describe('/metakernel (9.3)', () => {
    const RANGE = 'start_time=20260105&end_time=20260106';
    it('loads the newest kernels that touch the range', async () => {
        const caller = callerOf();
        const reply = await caller.get(`/metakernel?${RANGE}&spice_path=/kernels`);
        expect(reply.text).toMatch(/^KPL\/MK/);
        expect(reply.text).toContain("'/kernels/ck/imap_2026_005_2026_006_02.ah.bc'");
        expect(reply.text).not.toContain('imap_2026_005_2026_006_01.ah.bc');
        const seconds = [Date.UTC(2026, 0, 5), Date.UTC(2026, 0, 6)].map((ms) => String(ephemerisSeconds(ms)));
        const same = await caller.get(`/metakernel?start_time=${seconds[0] ?? ''}&end_time=${seconds[1] ?? ''}&spice_path=/kernels/`);
        expect(same.text).toBe(reply.text);
        expect((await caller.get('/metakernel?start_time=x&end_time=20260106')).status).toBe(400);
        const list = await caller.get(`/metakernel?${RANGE}&list_files=true&file_types=LEAPSECONDS,spacecraft_clock`);
        expect(list.json).toEqual(['lsk/naif0012.tls', 'sclk/imap_sclk_0032.tsc']);
    });
    it('says 400 without times, 404 without kernels and 422 with gaps', async () => {
        const caller = callerOf();
        expect((await caller.get('/metakernel?start_time=20260105')).status).toBe(400);
        expect((await caller.get(`/metakernel?${RANGE}&file_types=nothing`)).status).toBe(404);
        const gaps = await caller.get('/metakernel?start_time=20260106&end_time=20260120&file_types=attitude_history&require_coverage=true');
        expect(gaps.status).toBe(422);
        const [begin, end] = [Date.UTC(2026, 0, 8), Date.UTC(2026, 0, 20)].map(ephemerisSeconds);
        expect(gaps.json).toEqual({ attitude_history: [[begin, end]] });
    });
});
describe('/processing-jobs (9.4)', () => {
    it('gives the newest first, or those that match', async () => {
        const caller = callerOf();
        const jobs = (await caller.get('/processing-jobs')).json;
        expect(jobs[0]).toMatchObject({ status: 'INPROGRESS', start_date: '2026-01-06T00:00:00', stopped_at: null });
        const failed = (await caller.get('/processing-jobs?status=FAILED&start_date=20260106')).json;
        expect(failed).toEqual([expect.objectContaining({ instrument: 'swe', data_level: 'l1a' })]);
        expect((await caller.get('/processing-jobs?color=red')).status).toBe(400);
        expect((await caller.get('/processing-jobs?start_date=x')).json).toHaveProperty('error');
    });
    it('takes own jobs instead of the sample', async () => {
        const job = {
            status: 'FAILED',
            instrument: 'lo',
            data_level: 'l1b',
            descriptor: 'x',
            start_date: '20260201',
        };
        const caller = callerOf({ data: { jobs: [job], replace: true } });
        expect((await caller.get('/processing-jobs')).json).toHaveLength(1);
    });
});
