import { describe, expect, it } from 'vitest';
import { callerOf, uploadUrl } from './caller.js';
const MANIFEST = 'imap_hit_data-release-002_20260110_20260131_v001.txt';
const PUBLIC = '/query?instrument=hit&data_level=l2';
async function put(caller, name, body) {
    await caller.send(await uploadUrl(caller, name), { method: 'PUT', body });
}
function release(caller, query, headers = caller.key) {
    return caller.get(`/api-key/release?${query}`, headers);
}
describe('/release with everything in the name of the manifest', () => {
    it('releases the newest version of each series in the range', async () => {
        const caller = callerOf();
        await put(caller, MANIFEST, 'imap_hit_l2_macropixel-intensity_20260110_v001.0002.cdf\n');
        const reply = await release(caller, `release_type=release&manifest_file=${MANIFEST}`);
        expect(reply.status).toBe(200);
        expect(reply.json).toBe('Successfully released 2 science files and 1 ancillary files.');
        expect(await caller.names(PUBLIC)).toEqual([
            'imap_hit_l2_macropixel-intensity_20260110_v001.0002.cdf',
            'imap_hit_l2_macropixel-intensity_20260111_v001.0001.cdf',
        ]);
    });
    it('leaves out what a withholding manifest lists', async () => {
        const caller = callerOf();
        const name = 'imap_hit_withhold-data-release-002_20260110_20260131_v001.txt';
        await put(caller, name, '\nimap_hit_l2_macropixel-intensity_20260110_v001.0002.cdf\n');
        await release(caller, `release_type=release&manifest_file=${name}`);
        expect(await caller.names(PUBLIC)).toEqual([
            'imap_hit_l2_macropixel-intensity_20260110_v001.0001.cdf',
            'imap_hit_l2_macropixel-intensity_20260111_v001.0001.cdf',
        ]);
    });
    it('crashes while the manifest is not there or not indexed yet (24)', async () => {
        const caller = callerOf({ indexingDelayMs: 10_000 });
        const query = `release_type=release&manifest_file=${MANIFEST}`;
        const listed = `/api-key/query?table=ancillary&file_path=imap/release/hit/${MANIFEST}`;
        expect((await release(caller, query)).status).toBe(500);
        await put(caller, MANIFEST, '');
        expect((await release(caller, query)).status).toBe(500);
        expect(await caller.names(listed, caller.key)).toEqual([]);
        caller.sim.clock.advance(10_000);
        expect(await caller.names(listed, caller.key)).toEqual([MANIFEST]);
        expect((await release(caller, query)).status).toBe(200);
    });
    it('can keep manifests out of the ancillary listing', async () => {
        const caller = callerOf({ manifestsListed: false });
        expect(await caller.names('/api-key/query?table=ancillary&instrument=swe&start_date=20251001', caller.key)).toEqual([]);
    });
    it('says when there is nothing to release', async () => {
        const caller = callerOf();
        const name = 'imap_lo_data-release-003_20200101_20200131_v001.txt';
        await put(caller, name, '');
        const reply = await release(caller, `release_type=release&manifest_file=${name}`);
        expect(reply.status).toBe(400);
        expect(reply.json).toBe('No files to release for the specified lo, 2020-01-01 00:00:00 to 2020-01-31 00:00:00, and 003.');
    });
});
describe('/release with a release number', () => {
    it('refuses what the reference client sends and releases what it is told', async () => {
        const caller = callerOf({ releaseContract: 'number' });
        await put(caller, MANIFEST, 'imap_hit_l2_macropixel-intensity_20260111_v001.0001.cdf');
        const refused = await release(caller, `release_type=release&manifest_file=${MANIFEST}`);
        expect(refused.status).toBe(400);
        expect(refused.json).toMatch(/^'release_number' query parameter is required when 'release_type' is 'release'\./);
        const range = 'instrument=hit&start_date=20260110&end_date=20260111';
        const done = await release(caller, `release_type=release&release_number=2&${range}&exclude_file=${MANIFEST}`);
        expect(done.json).toBe('Successfully released 1 science files and 1 ancillary files.');
        expect((await release(caller, 'release_type=release&release_number=2')).status).toBe(500);
        expect((await release(caller, `release_type=release&release_number=2&${range}&exclude_file=no.txt`)).status).toBe(500);
    });
});
describe('/release, both', () => {
    it('opens and closes files by full path; a bare name is counted and changes nothing', async () => {
        const caller = callerOf();
        const file = 'imap_hit_l2_macropixel-intensity_20260110_v001.0001.cdf';
        const bare = 'imap_hit_early-release_20260110_v001.txt';
        const full = 'imap_hit_early-release_20260110_v002.txt';
        await put(caller, bare, `${file}\n`);
        await put(caller, full, `imap/hit/l2/2026/01/${file}\nimap/ancillary/hit/imap_hit_l1a-livetime_20250901_v001.json\n`);
        const early = await release(caller, `release_type=early-release&manifest_file=${bare}`);
        expect(early.json).toBe('Successfully early released 1 science files and 0 ancillary files.');
        expect(await caller.names(PUBLIC)).toEqual([]);
        await release(caller, `release_type=early-release&manifest_file=${full}`);
        expect(await caller.names(PUBLIC)).toEqual([file]);
        const closed = await release(caller, `release_type=unrelease&manifest_file=${full}`);
        expect(closed.json).toBe('Successfully unreleased 1 science files and 1 ancillary files.');
        expect(await caller.names(PUBLIC)).toEqual([]);
    });
    it('refuses empty manifests, unknown types and parameters, and read-only keys', async () => {
        const caller = callerOf();
        await put(caller, MANIFEST, '\n\n');
        const refusals = await Promise.all([
            release(caller, `release_type=early-release&manifest_file=${MANIFEST}`),
            release(caller, `release_type=unrelease&manifest_file=${MANIFEST}`),
            release(caller, 'release_type=late'),
            release(caller, 'release_type=release&color=red'),
        ]);
        expect(refusals.map((reply) => [reply.status, reply.json])).toEqual([
            [400, 'No files found in the manifest file.'],
            [400, 'The manifest file does not contain any science or ancillary files.'],
            [400, "'late' is not a valid release_type. Valid options are: ['release', 'unrelease', 'early-release']"],
            [
                400,
                "color is not a valid query parameter. Valid query parameters are: ['instrument', 'start_date', 'end_date', 'release_type', 'exclude_file', 'manifest_file', 'release_number']",
            ],
        ]);
        const readOnly = await release(caller, 'release_type=release', caller.readKey);
        expect([readOnly.status, readOnly.json]).toEqual([
            403,
            'Release operation denied. Your API key has read permissions.',
        ]);
        expect((await release(caller, `manifest_file=${MANIFEST}`)).status).toBe(500);
        expect((await release(caller, 'release_type=early-release')).status).toBe(500);
    });
});
describe('/reprocess (section 7)', () => {
    it('queues the parameters as they come, unchecked', async () => {
        const caller = callerOf();
        const url = `${caller.sim.baseUrl}api-key/reprocess`;
        const post = (query) => caller.send(url + query, { method: 'POST', headers: caller.key });
        const reply = await post('?start_date=1&end_date=2&reprocessing=True');
        expect([reply.status, reply.json]).toEqual([200, { message: 'Reprocess job queued' }]);
        expect(caller.sim.reprocessQueue).toEqual([{ start_date: '1', end_date: '2', reprocessing: 'True' }]);
        expect((await post('')).status).toBe(500);
        expect((await caller.get('/api-key/reprocess?start_date=1', caller.key)).status).toBe(404);
        caller.sim.reset();
        expect(caller.sim.reprocessQueue).toEqual([]);
    });
});
