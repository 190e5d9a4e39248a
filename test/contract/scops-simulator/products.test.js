import { createHash } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BOTH_LINES, FENIX, FENIX_ORDER, MINUTE, Site } from './support.js';
/** Names and contents of a zip archive, read from its local headers. */
function members(zip) {
    const bytes = Buffer.from(zip);
    const found = [];
    let at = 0;
    while (bytes.readUInt32LE(at) === 0x04034b50) {
        const [packed, nameLength, extra] = [
            bytes.readUInt32LE(at + 18),
            bytes.readUInt16LE(at + 26),
            bytes.readUInt16LE(at + 28),
        ];
        const start = at + 30 + nameLength + extra;
        const data = bytes.subarray(start, start + packed);
        found.push({
            name: bytes.toString('utf8', at + 30, at + 30 + nameLength),
            data: bytes.readUInt16LE(at + 8) === 0 ? data : inflateRawSync(data),
        });
        at = start + packed;
    }
    return found;
}
const bytesOf = async (answer) => new Uint8Array(await answer.arrayBuffer());
async function finished(site = new Site(), fields = BOTH_LINES) {
    const id = await site.submitted({}, fields);
    site.sim.clock.advance(5 * MINUTE);
    return { site, id };
}
describe('band maths and plugins: what really gets processed (section 7.4)', () => {
    const NDVI = { equation_flag_ndvi: '(band253-band170)/(band253+band170)' };
    const NDBI = { equation_flag_ndbi: '(band460-band253)/(band460+band253)' };
    const NDWI = { equation_flag_ndwi: '(band281-band396)/(band281+band396)' };
    const PLUGIN = { plugin_flag_spectral_angle: 'spectral_angle' };
    const on = (...names) => Object.fromEntries(names.map((name) => [name, 'on']));
    async function process(form, data = {}) {
        const site = new Site({ data: { flights: [FENIX], ...data } });
        site.project = 'GB14_00';
        const source = await site.ordered({ bandratio: 'on' }, FENIX_ORDER);
        const answer = await site.post('bandratio/req', { source, lev1_mapped: 'lev1', project: 'GB14_00', ...form });
        expect(answer.status).toBe(302);
        await site.get(`confirm/${source}`);
        site.sim.clock.advance(15 * MINUTE);
        const id = site.sim.processingIds[0] ?? '';
        const stages = Object.fromEntries(Object.entries(await site.json(id)).map(([product, { stage }]) => [product, stage]));
        const zip = (await site.get(`downloads/${id}`)).headers.get('content-type') === 'application/.zip';
        const mail = site.sim.outbox.some(({ subject }) => subject === `${id} order complete`);
        return { stages, zip, mail };
    }
    it('three default flags, one ticked: products done, no project zip, no mail, ever', async () => {
        const result = await process({ ...NDVI, ...NDBI, ...NDWI, ...on('f06701_ndvi', 'f06702_ndvi') });
        expect(result).toEqual({
            stages: { f06701: 'complete', f06701_ndvi: 'complete', f06702: 'complete', f06702_ndvi: 'complete' },
            zip: false,
            mail: false,
        });
    });
    it('one flag, ticked on all lines: zip and mail', async () => {
        expect(await process({ ...NDVI, ...on('f06701_ndvi', 'f06702_ndvi') })).toMatchObject({ zip: true, mail: true });
    });
    it('all flags ticked on all lines: zip', async () => {
        const ticks = ['f06701', 'f06702'].flatMap((line) => ['ndvi', 'ndbi', 'ndwi'].map((name) => `${line}_${name}`));
        const result = await process({ ...NDVI, ...NDBI, ...NDWI, ...on(...ticks) });
        expect(Object.keys(result.stages)).toHaveLength(8);
        expect(result).toMatchObject({ zip: true, mail: true });
    });
    it('one line ticked: zip only if that line finishes last', async () => {
        // The ticked line has more to do, so it ends last, unless the other one is slower still.
        expect(await process({ ...NDVI, ...on('f06701_ndvi') })).toMatchObject({ zip: true });
        const slow = FENIX.lines.map((line) => (line.name === 'f06702' ? { ...line, stalls: 'aplmap' } : line));
        expect(await process({ ...NDVI, ...on('f06701_ndvi') }, { flights: [{ ...FENIX, lines: slow }] })).toMatchObject({
            zip: false,
        });
    });
    it('a plugin without any equation flag waits for ever', async () => {
        const result = await process({ ...PLUGIN, ...on('f06701__spectral_angle') });
        expect(result.stages).toEqual({
            f06701: 'complete',
            f06701_spectral_angle: 'Waiting to process',
            f06702: 'complete',
        });
        expect(result).toMatchObject({ zip: false, mail: false });
    });
    it('a plugin with an equation flag, even unticked, runs, but there is no project zip', async () => {
        const result = await process({ ...PLUGIN, ...NDVI, ...on('f06701__spectral_angle', 'f06702__spectral_angle') });
        expect(result.stages).toMatchObject({ f06701_spectral_angle: 'complete', f06702_spectral_angle: 'complete' });
        expect(result).toMatchObject({ zip: false, mail: false });
        const ticked = await process({
            ...PLUGIN,
            ...NDVI,
            ...on('f06701__spectral_angle', 'f06702__spectral_angle', 'f06701_ndvi', 'f06702_ndvi'),
        });
        expect(ticked).toMatchObject({ zip: false, mail: false });
    });
    it('an equation beyond the bands of the line ends without any error (pitfalls 10, 23)', async () => {
        const result = await process({ equation_flag_zz: 'band623+1', ...on('f06701_zz', 'f06702_zz') });
        expect(result.stages).toMatchObject({ f06701: 'complete', f06701_zz: 'Waiting to process' });
        expect(result).toMatchObject({ zip: false });
    });
    it('in generation a an order without band maths gets its project zip', async () => {
        const { site, id } = await finished(new Site({ generation: 'a' }));
        expect((await site.get(`downloads/${id}`)).headers.get('content-type')).toBe('application/.zip');
    });
});
describe('downloads', () => {
    it('a product is a zip of an ENVI image and its header', async () => {
        const { site, id } = await finished();
        const answer = await site.get(`downloads/${id}/f21701`);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
            'content-type': 'application/zip',
            'content-disposition': 'attachment; filename=f217013b_mapped.bil.zip',
            'accept-ranges': 'bytes',
            'cache-control': 'no-cache',
        });
        const zip = await bytesOf(answer);
        expect(answer.headers.get('content-length')).toBe(String(zip.length));
        const [image, header] = members(zip);
        expect([image?.name, header?.name]).toEqual(['f217013b_mapped.bil', 'f217013b_mapped.bil.hdr']);
        expect(image?.data.length).toBe(40 * 30 * 20 * 2);
        expect(header?.data.toString()).toContain('bands = 20\n');
    });
    it('the project archive holds the product zips in a folder with a padded day', async () => {
        const site = new Site({ data: { flights: [FENIX] } });
        site.project = 'GB14_00';
        const { id } = await finished(site, FENIX_ORDER);
        const answer = await site.get(`downloads/${id}`, { method: 'POST' });
        expect(answer.headers.get('content-disposition')).toBe('attachment; filename=GB14_00_2014067.zip');
        const inner = members(await bytesOf(answer));
        expect(inner.map(({ name }) => name).sort()).toEqual(['f06701', 'f06702'].map((line) => `GB14_00_2014067/${line}3b_mapped.bil.zip`));
        expect(members(inner[0]?.data ?? new Uint8Array())).toHaveLength(2);
        expect(site.sim.outbox.at(-2)?.text).toContain(`/processor/downloads/${id}?&project=GB14_00`);
    });
    it('ranges, validators and conditions work', async () => {
        const { site, id } = await finished();
        const path = `downloads/${id}/f21701`;
        const whole = await site.get(path);
        const etag = whole.headers.get('etag') ?? '';
        const size = (await bytesOf(whole)).length;
        expect(etag).toMatch(/^"[\d.]+-\d+-\d+"$/);
        expect(whole.headers.get('last-modified')).toMatch(/GMT$/);
        const part = await site.get(path, { headers: { range: 'bytes=100-', 'if-range': etag } });
        expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-${size - 1}/${size}`]);
        expect((await site.get(path, { headers: { range: 'bytes=100-', 'if-range': '"other"' } })).status).toBe(200);
        expect((await site.get(path, { headers: { range: `bytes=${size}-` } })).status).toBe(416);
        expect((await site.get(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
        const head = await site.get(path, { method: 'HEAD' });
        expect([head.status, head.headers.get('content-length')]).toEqual([200, String(size)]);
    });
    it('a zip can be seen while it is written (pitfall 17)', async () => {
        const site = new Site();
        const id = await site.submitted({}, BOTH_LINES);
        const product = [];
        const project = [];
        for (let step = 0; step < 400; step += 1) {
            site.sim.clock.advance(500);
            const one = await site.get(`downloads/${id}/f21701`);
            if (one.status === 200)
                product.push((await bytesOf(one)).length);
            const all = await site.get(`downloads/${id}`);
            if (all.headers.has('content-disposition'))
                project.push((await bytesOf(all)).length);
        }
        const last = product.at(-1) ?? 0;
        expect(product[0]).toBe(Math.floor(last / 2));
        expect(new Set(project).size).toBe(3);
    });
    it('running a finished job again appends its members once more (pitfall 5)', async () => {
        const { site, id } = await finished();
        const config = [...site.sim.configs.keys()][0] ?? '';
        site.sim.operator.writeConfig(config, site.config(config).replace('restart = False', 'restart = True'));
        site.sim.clock.advance(5 * MINUTE);
        const names = members(await bytesOf(await site.get(`downloads/${id}`))).map(({ name }) => name);
        expect(names).toHaveLength(4);
        expect(new Set(names).size).toBe(2);
        expect(new TextDecoder().decode(site.sim.workspaceFiles.get(`${id}/mapped/zip_contents.txt`)).split('\n')).toHaveLength(5);
    });
    it('are the same bytes in every simulator, and as large as asked', async () => {
        const digest = async (options = {}) => {
            const { site, id } = await finished(new Site(options));
            const zip = await bytesOf(await site.get(`downloads/${id}/f21701`));
            return [createHash('sha256').update(zip).digest('hex'), members(zip)[0]?.data.length];
        };
        expect(await digest()).toEqual(await digest());
        expect((await digest({ mapSize: [100, 50] }))[1]).toBe(100 * 50 * 20 * 2);
    });
});
describe('the files of the processing host', () => {
    it('lie as section 15.6 says', async () => {
        const { site, id } = await finished();
        const names = [...site.sim.workspaceFiles.keys()].map((path) => path.slice(id.length + 1)).sort();
        expect(names).toEqual([
            'GB13_08_2014_217_20180307152824.cfg',
            'dem/GB13_08_2014_217_UKBNG.dem',
            ...['f21701', 'f21702'].flatMap((line) => [
                `logs/${line}_log.txt`,
                `mapped/${line}3b_mapped.bil.zip`,
                `status/${line}_status.txt`,
            ]),
            'mapped/GB13_08_2014217.zip',
            'mapped/zip_contents.txt',
        ].sort());
        const text = (name) => new TextDecoder().decode(site.sim.workspaceFiles.get(`${id}/${name}`));
        expect(text('status/f21701_status.txt')).toBe('f21701 = complete');
        expect(text('GB13_08_2014_217_20180307152824.cfg')).toBe(site.config());
        const log = text('logs/f21701_log.txt');
        expect(log).toMatch(/^2018-03-07 15:29:03,300 - INFO - processing host[^\n]*\n(?!2018)/);
        expect(log).toContain('-flags 1 2 8 16 32 64 4 -onlymaskmethods f21701_mask-badpixelmethod.bil A B C D E F -mask');
        expect(log).toMatch(/-bandlist 1-20 -interpolation nearest -mapname \S+f217013b_mapped\.bil/);
    });
});
