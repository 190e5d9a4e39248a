import { describe, expect, it } from 'vitest';
import { callerOf } from './caller.js';
const of2024 = () => callerOf({ generation: '2024' });
describe('the server of 2024 (16.3)', () => {
    it('lists science files with minor-only versions and its own dates, all of them', async () => {
        const caller = of2024();
        const reply = await caller.get('/query?instrument=mag&data_level=l0');
        expect(reply.headers.get('access-control-allow-origin')).toBe('*');
        expect(reply.json).toEqual([
            {
                file_path: 'imap/mag/l0/2024/03/imap_mag_l0_raw_20240312_v001.pkts',
                instrument: 'mag',
                data_level: 'l0',
                descriptor: 'raw',
                start_date: '20240312',
                repointing: null,
                version: 'v001',
                extension: 'pkts',
                ingestion_date: '2024-03-14 10:00:00',
            },
            expect.objectContaining({ version: 'v002' }),
        ]);
        expect(await caller.rows('/query?start_date=20240105&end_date=20240105')).toHaveLength(3);
        expect(await caller.rows('/query?repointing=12')).toHaveLength(1);
        expect(await caller.rows('/query?version=v002')).toHaveLength(2);
    });
    it('refuses the table that newer clients always send', async () => {
        const reply = await of2024().get('/query?table=science&instrument=mag');
        expect(reply.status).toBe(400);
        expect(reply.json).toBe("table is not a valid query parameter. Valid query parameters are: ['file_path', 'instrument', 'data_level', 'descriptor', 'start_date', 'repointing', 'version', 'extension', 'ingestion_date', 'end_date']");
    });
    it.each([
        '/query',
        '/query?instrument=spacecraft',
        '/query?data_level=l2a',
        '/query?start_date=x',
        '/query?repointing=x',
    ])('crashes with 502 on %s', async (path) => {
        const reply = await of2024().get(path);
        expect([reply.status, reply.json]).toEqual([502, { message: 'Internal server error' }]);
    });
    it.each(['/api-key/query?instrument=mag', '/spice-query?type=spin', '/download', '/upload', '/', '/query/x'])('has no route %s', async (path) => {
        const reply = await of2024().get(path);
        expect([reply.status, reply.json]).toEqual([403, { message: 'Missing Authentication Token' }]);
    });
    it('takes kernels and science files, no others', async () => {
        const caller = of2024();
        const url = async (name) => caller.get(`/upload/${name}`);
        const science = await url('imap_swe_l0_raw_20240106_v001.pkts');
        await caller.send(String(science.json), { method: 'PUT', body: 'x' });
        expect(await caller.names('/query?start_date=20240106&end_date=20240106')).toEqual([
            'imap_swe_l0_raw_20240106_v001.pkts',
        ]);
        const kernel = await url('anything.bsp');
        await caller.send(String(kernel.json), { method: 'PUT', body: 'x' });
        expect(caller.sim.keys()).toContain('spice/spk/anything.bsp');
        const taken = await url('anything.bsp');
        expect([taken.status, taken.json]).toEqual([409, 'spice/spk/anything.bsp already exists.']);
        const odd = await url('imap_mag_cal_20260301_v001.csv');
        expect([odd.status, odd.json]).toEqual([400, undefined]);
        expect(odd.text).toMatch(/^Filename imap_mag_cal_20260301_v001\.csv does not match expected pattern: <mission>_/);
    });
    it('downloads without a release check', async () => {
        const caller = of2024();
        const reply = await caller.get('/download/imap/mag/l0/2024/03/imap_mag_l0_raw_20240312_v001.pkts');
        expect(reply.status).toBe(302);
        expect((await caller.send(reply.headers.get('location') ?? '', {})).status).toBe(200);
        expect((await caller.get('/download/nothing')).status).toBe(404);
        expect((await caller.get('/spin_table')).json).toBe('Hello from Spin Table Lambda!');
    });
});
