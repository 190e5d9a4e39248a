import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { callerOf, downloadUrl, uploadUrl } from './caller.js';
const KEY = 'imap/mag/l2/2026/01/imap_mag_l2_norm-gse_20260105_v001.0001.cdf';
const HIDDEN = 'imap/hit/l2/2026/01/imap_hit_l2_macropixel-intensity_20260110_v001.0001.cdf';
const NEW = 'imap_mag_l1a_norm-mago_20260301_v001.0001.cdf';
describe('/download (5.2)', () => {
    it('redirects to storage on another host, with the address in the body too', async () => {
        const caller = callerOf();
        const reply = await caller.get(`/download/${KEY}`);
        const location = new URL(reply.headers.get('location') ?? '');
        expect(reply.status).toBe(302);
        expect(reply.type).toBe('text/html');
        expect(reply.json).toEqual({ download_url: location.href });
        expect(location.host).not.toBe(new URL(caller.sim.baseUrl).host);
        expect(location.searchParams.get('X-Amz-SignedHeaders')).toBe('host');
        expect(location.searchParams.get('X-Amz-Expires')).toBe('86400');
    });
    it('answers HEAD alike without a body', async () => {
        const caller = callerOf();
        const reply = await caller.send(`${caller.sim.baseUrl}download/${KEY}`, { method: 'HEAD' });
        expect([reply.status, reply.text]).toEqual([302, '']);
        expect(reply.headers.get('location')).toContain('X-Amz-Signature');
    });
    it.each([
        [
            '/download',
            400,
            'No file requested for download. Please provide a filename in the path. Eg. /download/path/to/file/filename.pkts',
        ],
        [
            '/download/',
            400,
            'No file requested for download. Please provide a filename in the path. Eg. /download/path/to/file/filename.pkts',
        ],
        [
            '/download/imap_mag_l2_norm-gse_20260105_v001.0001.cdf',
            404,
            'File not found, make sure you include the full path to the file in the request, e.g. /download/path/to/file/filename.pkts.',
        ],
        [`/download/${HIDDEN}`, 403, `The file ${HIDDEN} is not a part of a public release yet.`],
    ])('GET %s is %i as plain text that calls itself HTML', async (path, status, text) => {
        const reply = await callerOf().get(path);
        expect([reply.status, reply.type, reply.text]).toEqual([status, 'text/html', text]);
    });
    it('gives unreleased files to authenticated callers; quicklook, dependency and release files never to the public (48)', async () => {
        const caller = callerOf();
        const closed = [
            HIDDEN,
            'imap/quicklook/swe/l1b/2026/01/imap_swe_l1b_sci_20260105_v001.0001.jpg',
            'imap/dependency/mag/l1a/2026/01/imap_mag_l1a_norm-mago_20260105_v001.0001.json',
            'imap/release/swe/imap_swe_data-release-001_20251001_20251231_v001.txt',
        ];
        for (const key of closed) {
            expect((await caller.get(`/download/${key}`)).status).toBe(403);
            expect((await caller.get(`/api-key/download/${key}`, caller.readKey)).status).toBe(302);
            expect((await caller.get(`/authorized/download/${key}`, caller.bearer)).status).toBe(302);
        }
    });
    it('kernels, packets and test data are free', async () => {
        const caller = callerOf({ data: { files: [{ name: 'imap/test_data/x.bin', body: 'x' }] } });
        for (const key of ['imap/spice/lsk/naif0012.tls', 'packets/raw/apid_1068_20260105.bin', 'imap/test_data/x.bin']) {
            expect((await caller.get(`/download/${key}`)).status).toBe(302);
        }
    });
});
describe('the presigned GET (5.3)', () => {
    it('serves the file with length, MD5 tag and time', async () => {
        const caller = callerOf();
        const answer = await caller.sim.fetch(await downloadUrl(caller, KEY));
        const body = new Uint8Array(await answer.arrayBuffer());
        expect(answer.status).toBe(200);
        expect(answer.headers.get('etag')).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
        expect(answer.headers.get('content-length')).toBe(String(body.length));
        expect(Number.isNaN(Date.parse(answer.headers.get('last-modified') ?? ''))).toBe(false);
        expect([...body.subarray(0, 4)]).toEqual([0xcd, 0xf3, 0x00, 0x01]);
        expect(caller.sim.read(KEY)).toEqual(body);
    });
    it('honours ranges and conditions', async () => {
        const caller = callerOf();
        const url = await downloadUrl(caller, KEY);
        const whole = caller.sim.read(KEY) ?? new Uint8Array();
        const part = await caller.sim.fetch(url, { headers: { range: 'bytes=100-' } });
        expect(part.status).toBe(206);
        expect(part.headers.get('content-range')).toBe(`bytes 100-${String(whole.length - 1)}/${String(whole.length)}`);
        expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.subarray(100));
        const etag = part.headers.get('etag') ?? '';
        const modified = part.headers.get('last-modified') ?? '';
        const status = async (headers) => (await caller.send(url, { headers })).status;
        expect(await status({ 'if-none-match': etag })).toBe(304);
        expect(await status({ 'if-none-match': '"other"' })).toBe(200);
        expect(await status({ 'if-match': '"other"' })).toBe(412);
        expect(await status({ 'if-match': etag })).toBe(200);
        expect(await status({ 'if-modified-since': modified })).toBe(304);
        expect(await status({ 'if-unmodified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' })).toBe(412);
        expect(await status({ range: 'bytes=0-1', 'if-range': '"other"' })).toBe(200);
        const beyond = await caller.send(url, { headers: { range: 'bytes=99999999-' } });
        expect([beyond.status, beyond.type]).toEqual([416, 'application/xml']);
        expect(beyond.text).toContain('<Code>InvalidRange</Code>');
    });
    it('expires on the clock with 403 XML', async () => {
        const caller = callerOf();
        const url = await downloadUrl(caller, KEY);
        caller.sim.clock.advance(86_399_000);
        expect((await caller.send(url, {})).status).toBe(200);
        caller.sim.clock.advance(1000);
        const late = await caller.send(url, {});
        expect([late.status, late.type]).toEqual([403, 'application/xml']);
        expect(late.text).toMatch(/<Code>AccessDenied<\/Code><Message>Request has expired<\/Message>.*<ServerTime>/);
    });
    it('refuses a second mechanism (10), foreign x-amz headers, other methods, changed and missing signatures', async () => {
        const caller = callerOf();
        const url = await downloadUrl(caller, KEY);
        const twice = await caller.send(url, { headers: caller.bearer });
        expect(twice.status).toBe(400);
        expect(twice.text).toContain('<Code>InvalidArgument</Code><Message>Only one auth mechanism allowed');
        const unsigned = await caller.send(url, { headers: { 'x-amz-tagging': 'a=b' } });
        expect(unsigned.text).toContain('<HeadersNotSigned>x-amz-tagging</HeadersNotSigned>');
        const codes = async (changed, method = 'GET') => /<Code>(\w+)<\/Code>/.exec((await caller.send(changed, { method })).text)?.[1];
        expect((await caller.send(url, { method: 'HEAD' })).status).toBe(403);
        expect(await codes(url.replace(/.$/, (last) => (last === '0' ? '1' : '0')))).toBe('SignatureDoesNotMatch');
        expect(await codes(url.replace('norm-gse', 'norm-rtn'))).toBe('SignatureDoesNotMatch');
        expect(await codes(url.replace('X-Amz-Expires=86400', 'X-Amz-Expires=86401'))).toBe('SignatureDoesNotMatch');
        expect(await codes(url.replace('X-Amz-Expires=86400', 'X-Amz-Expires=never'))).toBe('AccessDenied');
        expect(await codes(url.replace('ASIASIMULATED', 'ASIAOTHERWISE'))).toBe('InvalidAccessKeyId');
        expect(await codes(url.slice(0, url.indexOf('&X-Amz-Signature')))).toBe('AccessDenied');
        expect(await codes(url.slice(0, url.indexOf('?')))).toBe('AccessDenied');
        expect(await codes(url, 'DELETE')).toBe('SignatureDoesNotMatch');
    });
    it('records a key that leaks to storage, as a fetch that follows redirects leaks it (9)', async () => {
        const caller = callerOf();
        await caller.sim.fetch(`${caller.sim.baseUrl}api-key/download/${KEY}`, { headers: caller.key });
        const [, leaked] = caller.sim.requests;
        expect(leaked?.service).toBe('storage');
        expect(leaked?.headers.get('x-api-key')).toBe(caller.sim.credentials.apiKey);
    });
    it('is busy when told to be', async () => {
        const caller = callerOf();
        const url = await downloadUrl(caller, KEY);
        caller.sim.slowDown(1, 'PUT');
        expect((await caller.send(url, {})).status).toBe(200);
        caller.sim.slowDown(2);
        const busy = await caller.send(url, {});
        expect([busy.status, busy.type]).toEqual([503, 'application/xml']);
        expect(busy.text).toContain('<Code>SlowDown</Code>');
        expect((await caller.send(url, {})).status).toBe(503);
        expect((await caller.send(url, {})).status).toBe(200);
    });
    it('serves large files that nobody keeps, with a tag that is no MD5', async () => {
        const body = { size: 5_000_000, read: (start, end) => new Uint8Array(end - start).fill(7) };
        const name = 'imap_ultra_l1a_large_20260105_v001.0001.cdf';
        const caller = callerOf({ data: { files: [{ name, body, released: true }] } });
        const answer = await caller.sim.fetch(await downloadUrl(caller, `imap/ultra/l1a/2026/01/${name}`));
        expect(answer.headers.get('etag')).toMatch(/^"[0-9a-f]{32}-2"$/);
        expect((await answer.arrayBuffer()).byteLength).toBe(5_000_000);
    });
});
describe('upload (section 6)', () => {
    it('takes a file that is then queryable and downloadable', async () => {
        const caller = callerOf();
        const url = await uploadUrl(caller, NEW);
        expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('3600');
        const body = new Uint8Array([1, 2, 3]);
        const put = await caller.send(url, { method: 'PUT', body });
        expect([put.status, put.text]).toEqual([200, '']);
        expect(put.headers.get('etag')).toBe(`"${createHash('md5').update(body).digest('hex')}"`);
        const [row] = await caller.rows('/api-key/query?start_date=20260301', caller.key);
        expect(row).toMatchObject({ released: false, version: 'v001.0001', ingestion_date: '20260302 12:00:00' });
        expect(await caller.names('/query?start_date=20260301')).toEqual([]);
        const back = await caller.sim.fetch(await downloadUrl(caller, row?.file_path ?? ''));
        expect(new Uint8Array(await back.arrayBuffer())).toEqual(body);
    });
    it('shows the row only when the indexer has been there (44), storage has the file at once', async () => {
        const caller = callerOf({ indexingDelayMs: 5000 });
        await caller.send(await uploadUrl(caller, NEW), { method: 'PUT', body: 'x' });
        const query = '/api-key/query?start_date=20260301';
        expect(await caller.names(query, caller.key)).toEqual([]);
        expect((await caller.get(`/api-key/upload/${NEW}`, caller.key)).status).toBe(409);
        expect(await downloadUrl(caller, `imap/mag/l1a/2026/03/${NEW}`)).toContain('X-Amz-Signature');
        caller.sim.clock.advance(5000);
        expect(await caller.names(query, caller.key)).toEqual([NEW]);
    });
    it('a clock that moves with every request lets a polling client see its file', async () => {
        const caller = callerOf({ indexingDelayMs: 2500, clock: { perRequestMs: 1000 } });
        await caller.send(await uploadUrl(caller, NEW), { method: 'PUT', body: 'x' });
        const seen = [];
        for (let poll = 0; poll < 3; poll += 1) {
            seen.push((await caller.names('/api-key/query?start_date=20260301', caller.key)).length);
        }
        expect(seen).toEqual([0, 0, 1]);
    });
    it.each([
        [
            '',
            400,
            'No filename given for the upload. Please provide a filename in the path. Eg. /upload/path/to/file/filename.pkts',
        ],
        [
            '/',
            400,
            'No filename given for the upload. Please provide a filename in the path. Eg. /upload/path/to/file/filename.pkts',
        ],
        [
            '/test-file.txt',
            400,
            'error: test-file.txt does not match ancillary, science, cadence, or SPICE file naming convention.',
        ],
        [
            '/imap_sdc_l1a_x_20260101_v001.0001.cdf',
            400,
            'error: imap_sdc_l1a_x_20260101_v001.0001.cdf does not match ancillary, science, cadence, or SPICE file naming convention.',
        ],
    ])('refuses the name "%s" with %i and a JSON string', async (path, status, message) => {
        const caller = callerOf();
        const reply = await caller.get(`/api-key/upload${path}`, caller.key);
        expect([reply.status, reply.type, reply.json]).toEqual([status, 'text/plain', message]);
    });
    it('refuses an existing file with 409 and an object (34), a read-only key first of all', async () => {
        const caller = callerOf();
        const taken = await caller.get(`/api-key/upload/${KEY}`, caller.key);
        expect(taken.status).toBe(409);
        expect(taken.json).toEqual({
            error: 'FileAlreadyExists',
            message: `The file '${KEY}' already exists. Rename it or remove the existing file before uploading again.`,
        });
        const readOnly = await caller.get('/api-key/upload/test-file.txt', caller.readKey);
        expect(readOnly.status).toBe(403);
        expect(readOnly.json).toBe('Upload access denied. Your API key has read-only permissions.');
    });
    it.each([
        ['imap_mag_l1a_norm-mago_20260301_v003.cdf', 'imap/mag/l1a/2026/03/'],
        ['imap_mag_l1a_norm-mago_20260301_v001.0001.json', 'imap/dependency/mag/l1a/2026/03/'],
        ['imap_mag_l1a_norm-mago_20260301_v001.0001.png', 'imap/quicklook/mag/l1a/2026/03/'],
        ['imap_mag_cal_20260301_v001.csv', 'imap/ancillary/mag/'],
        ['imap_mag_data-release-009_20260301_20260331_v001.txt', 'imap/release/mag/'],
        ['naif0099.tls', 'imap/spice/lsk/'],
    ])('takes every class of name, minor-only versions too, whatever folder is given: %s', async (name, folder) => {
        const caller = callerOf();
        await caller.send(await uploadUrl(caller, `some/where/${name}`), { method: 'PUT', body: 'x' });
        expect(caller.sim.keys()).toContain(`${folder}${name}`);
    });
    it('a dependency file gets no row, a version without major gets major 0', async () => {
        const caller = callerOf();
        for (const name of ['imap_lo_l1a_x_20260301_v003.cdf', 'imap_lo_l1a_x_20260301_v001.0001.json']) {
            await caller.send(await uploadUrl(caller, name), { method: 'PUT', body: 'x' });
        }
        const rows = await caller.rows('/api-key/query?descriptor=x', caller.key);
        expect(rows.map((row) => row.version)).toEqual(['v000.0003']);
    });
    it('two clients can both get a URL; the last PUT wins (44)', async () => {
        const caller = callerOf();
        const [first, second] = [await uploadUrl(caller, NEW), await uploadUrl(caller, NEW)];
        expect((await caller.send(first, { method: 'PUT', body: 'first' })).status).toBe(200);
        expect((await caller.send(second, { method: 'PUT', body: 'second' })).status).toBe(200);
        expect(Buffer.from(caller.sim.read(`imap/mag/l1a/2026/03/${NEW}`) ?? []).toString()).toBe('second');
    });
    it('the URL lives for an hour (46)', async () => {
        const caller = callerOf();
        const url = await uploadUrl(caller, NEW);
        caller.sim.clock.advance(3_600_000);
        const late = await caller.send(url, { method: 'PUT', body: 'x' });
        expect(late.status).toBe(403);
        expect(caller.sim.keys()).not.toContain(`imap/mag/l1a/2026/03/${NEW}`);
        expect((await caller.send(await uploadUrl(caller, NEW), { method: 'PUT', body: 'x' })).status).toBe(200);
    });
    it('a URL that signs a header wants that header (46)', async () => {
        const caller = callerOf({ signedHeaders: { 'x-amz-tagging': '*' } });
        const url = await uploadUrl(caller, NEW);
        expect(new URL(url).searchParams.get('X-Amz-SignedHeaders')).toBe('host;x-amz-tagging');
        const without = await caller.send(url, { method: 'PUT', body: 'x' });
        expect(without.status).toBe(403);
        expect(without.text).toContain('SignatureDoesNotMatch');
        const tagged = await caller.send(url, { method: 'PUT', body: 'x', headers: { 'x-amz-tagging': 'a=b' } });
        expect(tagged.status).toBe(200);
        const exact = callerOf({ signedHeaders: { 'content-type': 'application/x-cdf' } });
        const other = { method: 'PUT', body: 'x', headers: { 'content-type': 'text/plain' } };
        expect((await exact.send(await uploadUrl(exact, NEW), other)).status).toBe(403);
    });
    it('checks digests and lengths, refuses a bearer token (10) and keeps its word on if-none-match', async () => {
        const caller = callerOf();
        const url = await uploadUrl(caller, NEW);
        const put = (headers) => caller.send(url, { method: 'PUT', body: 'data', headers });
        expect((await put({ 'content-md5': createHash('md5').update('other').digest('base64') })).text).toContain('BadDigest');
        expect((await put(caller.bearer)).text).toContain('Only one auth mechanism allowed');
        expect((await put({ 'content-md5': createHash('md5').update('data').digest('base64') })).status).toBe(200);
        expect((await put({ 'if-none-match': '*' })).status).toBe(412);
    });
    it('refuses a body that is shorter than announced, or announced too large, and other conditions stay open', async () => {
        const caller = callerOf();
        const url = await uploadUrl(caller, NEW);
        const announced = (bytes) => caller.send(url, { method: 'PUT', body: 'data', headers: { 'content-length': String(bytes) } });
        expect((await announced(5)).text).toContain('<Code>IncompleteBody</Code>');
        expect((await announced(6 * 1024 ** 3)).text).toContain('<Code>EntityTooLarge</Code>');
        expect(caller.sim.keys()).not.toContain(`imap/mag/l1a/2026/03/${NEW}`);
        expect((await announced(4)).status).toBe(200);
    });
    it('of too large an upload only length and digest are kept', async () => {
        const caller = callerOf({ keepUploadBytes: 3 });
        const put = await caller.send(await uploadUrl(caller, NEW), { method: 'PUT', body: 'data' });
        expect(put.headers.get('etag')).toBe(`"${createHash('md5').update('data').digest('hex')}"`);
        expect(caller.sim.read(`imap/mag/l1a/2026/03/${NEW}`)).toBeUndefined();
        const back = await caller.send(await downloadUrl(caller, `imap/mag/l1a/2026/03/${NEW}`), {});
        expect(back.status).toBe(500);
    });
});
