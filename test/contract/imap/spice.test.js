import { HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { RejectedError, UnexpectedResponse } from '../../../src/errors.js';
import { tdbSeconds } from '../../../src/imap/query/tdb.js';
import { BASE, client, seen, serve, simulated, useServer } from './kit.js';
useServer();
describe('kernel queries', () => {
    it.each([
        [{ type: 'ephemeris_predicted' }, 'type=ephemeris_predicted'],
        [{ type: 'ephemeris_predicted', version: 'latest' }, 'type=ephemeris_predicted&latest=true'],
        [{ type: 'ephemeris_predicted', latest: true }, 'type=ephemeris_predicted&latest=true'],
        [
            { type: 'spin', ingestionStartDate: '20260101', ingestionEndDate: '20260131' },
            'type=spin&start_ingest_date=20260101&end_ingest_date=20260201',
        ],
        [
            {
                type: 'attitude_history',
                startTime: '2010-01-01',
                endTime: '2145-01-01',
                fileName: 'ck/imap_2026_004_2026_005_01.ah.bc',
                latest: true,
                ingestionStartDate: '20260101',
            },
            'start_time=315576066.183924&end_time=4575787269.183866&type=attitude_history&file_name=imap_2026_004_2026_005_01.ah.bc&latest=true&start_ingest_date=20260101',
        ],
        [
            { type: 'spin', fileName: 'imap_2026_004_2026_005_01.spin.csv' },
            'type=spin&file_name=imap%2Fspice%2Fspin%2Fimap_2026_004_2026_005_01.spin.csv',
        ],
    ])('%o (parity 14, pitfall 16, 40, 52)', async (query, expected) => {
        serve('get', `${BASE}/spice-query`, () => HttpResponse.json([]));
        expect(await client().spiceQuery(query)).toEqual([]);
        expect(seen.map(({ url }) => url)).toEqual([`${BASE}/spice-query?${expected}`]);
    });
    it.each([
        [{ fileName: 'naif0012.tls' }, /The 'type' parameter is required.*leapseconds/],
        [{ type: 'moon' }, /type must be one of kernels, leapseconds/],
        [{ type: 'spin', start_date: '20260101' }, /unknown parameter "start_date"/],
        [{ type: 'spin', start_time: '20260101' }, /did you mean startTime/],
        [{ type: 'spin', version: 'newest' }, /version must be 'latest' or a number/],
        [{ type: 'spin', startTime: 'x' }, /startTime/],
    ])('%o is refused before any request (parity 15)', async (query, message) => {
        const failure = client().spiceQuery(query);
        await expect(failure).rejects.toThrow(TypeError);
        await expect(failure).rejects.toThrow(message);
        expect(seen).toEqual([]);
    });
    it('spans are checked (pitfall 18)', async () => {
        await expect(client().spiceQuery({ type: 'spin', startTime: '2026-02-01', endTime: '2026-01-01' })).rejects.toThrow(RangeError);
        await expect(client().spiceQuery({ type: 'spin', ingestionStartDate: '20260201', ingestionEndDate: '20260101' })).rejects.toThrow(RangeError);
    });
    it('rows become kernels that can be downloaded (pitfall 52)', async () => {
        const { imap } = simulated();
        const kernels = await imap.spiceQuery({ type: 'attitude_history', fileName: 'imap_2026_005_2026_006_02.ah.bc' });
        expect(kernels).toHaveLength(1);
        expect(kernels[0]).toMatchObject({
            fileName: 'ck/imap_2026_005_2026_006_02.ah.bc',
            name: 'imap_2026_005_2026_006_02.ah.bc',
            filePath: 'imap/spice/ck/imap_2026_005_2026_006_02.ah.bc',
            kernelType: 'attitude_history',
            version: 2,
        });
        expect(kernels[0]?.minDate).toBeInstanceOf(Date);
        expect(kernels[0]?.minDateJ2000).toBeCloseTo(tdbSeconds(kernels[0]?.minDate?.getTime() ?? 0), 2);
        expect(kernels[0]?.intervalsJ2000?.[0]).toHaveLength(2);
    });
    it('coverage, version and the whole last day of ingestion select (pitfall 16, 40)', async () => {
        const { imap } = simulated();
        const names = async (query) => (await imap.spiceQuery(query)).map(({ name }) => name).sort();
        const type = 'attitude_history';
        expect(await names({ type, startTime: '2026-01-06T12:00:00Z', endTime: '2026-01-06T13:00:00Z' })).toEqual(expect.arrayContaining(['imap_2026_005_2026_006_02.ah.bc', 'imap_2026_006_2026_007_01.ah.bc']));
        expect(await names({ type, version: 2 })).toEqual(['imap_2026_005_2026_006_02.ah.bc']);
        // It was ingested at 16:45 of that day, which the server alone would leave out.
        expect(await names({ type, ingestionStartDate: '20260109', ingestionEndDate: '20260109' })).toEqual([
            'imap_2026_005_2026_006_02.ah.bc',
        ]);
        expect((await names({ type: 'kernels', latest: true })).length).toBeGreaterThan(5);
    });
    it('a file of the midnight after the last day is left out (pitfall 40)', async () => {
        const ingested = (time) => ({
            file_name: `ck/${time}`,
            kernel_type: 'x',
            version: 1,
            ingestion_date: `2026-01-${time}`,
        });
        serve('get', `${BASE}/spice-query`, () => HttpResponse.json([ingested('09, 23:59:59'), ingested('10, 00:00:00')]));
        expect(await client().spiceQuery({ type: 'kernels', ingestionEndDate: '20260109' })).toHaveLength(1);
    });
    it('table kinds work, their latest is found here (pitfall 51)', async () => {
        const { sim, imap } = simulated();
        const all = await imap.spiceQuery({ type: 'spin' });
        const latest = await imap.spiceQuery({ type: 'spin', latest: true });
        expect(latest.length).toBeLessThan(all.length);
        expect(latest.map(({ name }) => name)).toContain('imap_2026_005_2026_006_02.spin.csv');
        expect(latest.map(({ name }) => name)).not.toContain('imap_2026_005_2026_006_01.spin.csv');
        expect(latest[0]).toMatchObject({ kernelType: 'spin' });
        expect(sim.requests.every(({ query }) => !query.has('latest'))).toBe(true);
        const found = await imap.spiceQuery({ type: 'spin', fileName: 'imap_2026_005_2026_006_02.spin.csv' });
        expect(found).toHaveLength(1);
    });
    it('an older server has them for the public only: the key is not sent there', async () => {
        const { sim } = simulated({ spicePrefixes: 'public' });
        const keyed = client({ baseUrl: sim.baseUrl, apiKey: sim.credentials.apiKey });
        expect((await keyed.spiceQuery({ type: 'leapseconds' })).map(({ name }) => name)).toEqual(['naif0012.tls']);
        expect(sim.requests.map(({ path, headers }) => [path, headers.has('x-api-key')])).toEqual([
            ['/api-key/spice-query', true],
            ['/spice-query', false],
        ]);
    });
    it('misfits are named', async () => {
        serve('get', `${BASE}/spice-query`, () => HttpResponse.json([{ file_name: 7 }]));
        await expect(client().spiceQuery({ type: 'spin' })).rejects.toThrow(UnexpectedResponse);
        await expect(client().spiceQuery({ type: 'spin' })).rejects.toThrow(/\$\[0\]\.file_name/);
    });
});
describe('tables of spins, repointings and small forces', () => {
    it('rows are typed; latest is found here, since the server crashes on it (pitfall 51)', async () => {
        const { sim, imap } = simulated();
        const spins = await imap.spinTable();
        expect(spins[0]).toMatchObject({ filePath: expect.stringMatching(/^imap\/spice\/spin\//), version: '01' });
        expect(spins[0]?.startDate).toBeInstanceOf(Date);
        const latest = await imap.spinTable({ latest: true });
        expect(latest.length).toBe(spins.length - 1);
        const repoints = await imap.repointTable({ latest: true });
        expect(repoints.map(({ filePath }) => filePath)).toContain('imap/spice/repoint/imap_2026_007_02.repoint.csv');
        expect(repoints.map(({ filePath }) => filePath)).not.toContain('imap/spice/repoint/imap_2026_007_01.repoint.csv');
        expect(repoints[0]?.startDate).toBeUndefined();
        expect(await imap.smallForcesTable()).toEqual(expect.any(Array));
        expect(sim.requests.every(({ query }) => !query.has('latest'))).toBe(true);
    });
    it('filters travel, the last day of ingestion is a whole one (pitfall 40)', async () => {
        serve('get', `${BASE}/spin-table`, () => HttpResponse.json([]));
        await client().spinTable({
            filePath: 'imap_2026_005_2026_006_02.spin.csv',
            startDate: '2026-01-05',
            endDate: '20260107',
            ingestionStartDate: '20260101',
            ingestionEndDate: '20261231',
        });
        expect(decodeURIComponent(seen[0]?.url ?? '')).toBe(`${BASE}/spin-table?file_path=imap/spice/spin/imap_2026_005_2026_006_02.spin.csv&start_date=20260105&end_date=20260107&start_ingest_date=20260101&end_ingest_date=20270101`);
        await expect(client().spinTable({ startDate: '20260107', endDate: '20260105' })).rejects.toThrow(RangeError);
        await expect(client().spinTable({ version: 1 })).rejects.toThrow(TypeError);
    });
    it('an older server calls small forces thrusters', async () => {
        serve('get', `${BASE}/small-forces-table`, () => HttpResponse.json({ message: 'Not Found' }, { status: 404 }));
        serve('get', `${BASE}/thruster-table`, () => HttpResponse.json([
            {
                file_path: 'imap/spice/activities/x.sff',
                end_date: '2026-01-05, 00:00:00',
                version: '02',
                ingestion_date: '2026-01-06, 00:00:00',
            },
        ]));
        expect(await client().smallForcesTable()).toMatchObject([{ version: '02', endDate: new Date('2026-01-05') }]);
    });
});
describe('metakernels', () => {
    const span = { startTime: '2026-01-05T00:00:00Z', endTime: '2026-01-06T00:00:00Z' };
    it('as text, and as names', async () => {
        const { sim, imap } = simulated();
        const text = await imap.metakernel({ ...span, spicePath: '/kernels' });
        expect(text).toContain('KERNELS_TO_LOAD');
        const names = await imap.metakernel({ ...span, listFiles: true, fileTypes: ['leapseconds'] });
        expect(names).toEqual([expect.stringContaining('naif0012.tls')]);
        expect(sim.requests[1]?.query.get('file_types')).toBe('leapseconds');
    });
    it('gaps are told, bad arguments refused', async () => {
        const { imap } = simulated();
        const far = { startTime: '2026-01-05', endTime: '2026-01-25', requireCoverage: true };
        await expect(imap.metakernel(far)).rejects.toThrow(RejectedError);
        await expect(imap.metakernel({ startTime: '20260101' })).rejects.toThrow(TypeError);
        await expect(imap.metakernel({ ...span, fileTypes: ['moon'] })).rejects.toThrow(TypeError);
        await expect(imap.metakernel({ startTime: '20260102', endTime: '20260101' })).rejects.toThrow(RangeError);
    });
});
describe('processing jobs', () => {
    it('are typed, filtered, and an unknown status is unknown', async () => {
        const { imap } = simulated();
        const jobs = await imap.processingJobs();
        expect(jobs.length).toBeGreaterThan(0);
        const failed = await imap.processingJobs({ status: 'FAILED' });
        expect(failed.every(({ status }) => status === 'FAILED')).toBe(true);
        serve('get', `${BASE}/processing-jobs`, () => HttpResponse.json([
            {
                status: 'DANCING',
                instrument: 'mag',
                data_level: 'l1a',
                descriptor: 'x',
                start_date: '2026-01-05T00:00:00',
                job_log_stream_id: 'a/b',
            },
        ]));
        const query = {
            instrument: 'mag',
            dataLevel: 'l1a',
            descriptor: 'x',
            startDate: '2026-01-05',
            majorVersion: 1,
            minorVersion: 2,
            repointing: 3,
        };
        expect(await client().processingJobs(query)).toMatchObject([
            { status: 'unknown', startDate: new Date('2026-01-05'), jobLogStreamId: 'a/b' },
        ]);
        expect(seen[0]?.url).toBe(`${BASE}/processing-jobs?instrument=mag&data_level=l1a&descriptor=x&start_date=20260105&major_version=1&minor_version=2&repointing=3`);
        serve('get', `${BASE}/processing-logs/a/b%20c`, () => HttpResponse.json({ events: [] }));
        expect(await client().processingLog('a/b c')).toEqual({ events: [] });
        await expect(client().processingJobs({ instrument: 'x' })).rejects.toThrow(TypeError);
    });
});
