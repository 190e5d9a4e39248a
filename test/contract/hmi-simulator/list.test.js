import { describe, expect, it } from 'vitest';
import { simulateHmi } from '../../../src/testing/hmi/simulate.js';
import { G1_LIST, G2_RECORD, G3_RECORD } from './published.js';
import { get, rows } from './support.js';
describe('lists of the simulated HMI service', () => {
    it('first generation: exactly the published rows', async () => {
        const sim = simulateHmi({ generation: 1 });
        const found = await rows(sim, 'sharp_720s', '2015-12-11T18:22:00Z', '2015-12-11T19:11:00Z');
        expect(found).toEqual(G1_LIST);
        expect(Object.keys(found[0] ?? {})).toEqual(['url', 'date_obs']);
    });
    it('second generation: exactly the published row, with its URLs in the published order', async () => {
        const found = await rows(simulateHmi({ generation: 2 }), 'sharp_cea_720s_nrt', '2016-01-19T01:10:00Z', '2016-01-19T01:11:00Z');
        expect(found).toContainEqual(G2_RECORD);
        for (const row of found)
            expect(Object.keys(row)).toEqual(Object.keys(G2_RECORD));
    });
    it('third generation: exactly the published row', async () => {
        const found = await rows(simulateHmi({ generation: 3 }), 'hmi.sharp_720s', '2015-12-11T23:34:00Z', '2015-12-12T00:00:00Z');
        expect(found).toContainEqual(G3_RECORD);
    });
    it('fourth generation: the wavelength is new, and the float noise is gone (pitfall 19)', async () => {
        const found = await rows(simulateHmi(), 'hmi.sharp_720s', '2015-12-11T23:34:00Z', '2015-12-11T23:35:00Z');
        expect(found).toContainEqual({ ...G3_RECORD, date__obs: '2015-12-11T23:34:08.800000Z', wavelnth: 6173 });
        expect(found.every(({ t_rec_index }) => t_rec_index === 1005598)).toBe(true);
        expect(found.length).toBeGreaterThan(1);
    });
    it('writes near-real-time moments without noise in every generation', async () => {
        for (const generation of [2, 3, 4]) {
            const found = await rows(simulateHmi({ generation }), 'sharp_cea_720s_nrt', '2016-01-19', '2016-01-20');
            expect(found.every(({ date__obs }) => String(date__obs).endsWith('.400000Z'))).toBe(true);
        }
    });
    it('gives 11 segments in arbitrary order in the second generation, in the order of JSOC later', async () => {
        const segments = async (generation) => {
            const found = await rows(simulateHmi({ generation }), 'sharp_cea_720s', '2015-12-10', '2015-12-11');
            return found.map(({ urls }) => urls.map((url) => /(?:\d_|\/)([A-Z]\w+)\.fits$/i.exec(url)?.[1] ?? ''));
        };
        const [early, late] = [await segments(2), await segments(3)];
        expect(new Set(late.map(String)).size).toBe(1);
        expect(new Set(early.map(String)).size).toBeGreaterThan(10);
        expect(new Set(early.map((names) => [...names].sort().join()))).toEqual(new Set(late.map((names) => [...names].sort().join())));
        expect(late[0]).toContain('Dopplergram');
    });
    it('answers [] where there is nothing', async () => {
        expect(await rows(simulateHmi(), 'hmi.sharp_720s', '2011-01-01', '2011-01-02')).toEqual([]);
        expect(await rows(simulateHmi(), 'hmi.sharp_720s', '2015-12-12', '2015-12-11')).toEqual([]);
    });
    it('takes colons raw and encoded, and ignores further parameters', async () => {
        const sim = simulateHmi();
        const raw = await rows(sim, 'hmi.sharp_720s', '2015-12-11T23:00:00Z', '2015-12-12T00:00:00Z');
        const encoded = await rows(sim, 'hmi.sharp_720s', '2015-12-11T23%3A00%3A00Z', '2015-12-12T00%3A00%3A00Z', '&limit=1&harpnum=6178');
        expect(encoded).toEqual(raw);
        expect(raw.length).toBeGreaterThan(5);
    });
    it('includes the end unless told otherwise (pitfall 18)', async () => {
        const ask = ['hmi.m_720s', '2015-12-10T00:10:08.8Z', '2015-12-10T00:34:08.8Z'];
        const data = { replace: true, ranges: [{ series: 'hmi.m_720s', start: '2015-12-10', end: '2015-12-11' }] };
        expect(await rows(simulateHmi({ data }), ...ask)).toHaveLength(3);
        expect(await rows(simulateHmi({ data, bounds: 'half-open' }), ...ask)).toHaveLength(2);
    });
    it('ascends in time, or comes in any order by switch: the same one in every run', async () => {
        const ask = ['hmi.sharp_720s', '2015-12-11', '2015-12-12'];
        const sorted = await rows(simulateHmi(), ...ask);
        const mixed = await rows(simulateHmi({ shuffle: true }), ...ask);
        const index = sorted.map(({ t_rec_index }) => Number(t_rec_index));
        expect(index).toEqual([...index].sort((a, b) => a - b));
        expect(mixed).not.toEqual(sorted);
        expect(mixed.map(({ recnum }) => recnum).sort()).toEqual(sorted.map(({ recnum }) => recnum).sort());
        expect(await rows(simulateHmi({ shuffle: true }), ...ask)).toEqual(mixed);
    });
    it('first generation: one row a slot, or one URL for all HARPs of a slot by switch', async () => {
        const ask = ['sharp_720s', '2015-12-11T23:30:00Z', '2015-12-11T23:40:00Z'];
        expect(await rows(simulateHmi({ generation: 1 }), ...ask)).toHaveLength(1);
        const colliding = await rows(simulateHmi({ generation: 1, collidingNames: true }), ...ask);
        expect(colliding.length).toBeGreaterThan(1);
        expect(new Set(colliding.map(({ url }) => url)).size).toBe(1);
    });
    it('first generation: knows the full disks as 720', async () => {
        const [row] = await rows(simulateHmi({ generation: 1 }), '720', '2015-12-11T18:20:00Z', '2015-12-11T18:30:00Z');
        expect(row).toMatchObject({ url: 'http://cluster-r730-1:8001/HMI/720/720_20151211_182208' });
    });
    it('adds keywords with meta=true from the third generation on; before, the flag is ignored', async () => {
        const ask = ['sharp_720s', '2015-12-11T23:30:00Z', '2015-12-11T23:40:00Z', '&meta=True'];
        for (const generation of [3, 4]) {
            const found = await rows(simulateHmi({ generation }), ...ask);
            expect(found.find(({ recnum }) => recnum === 5601499)).toMatchObject({
                meta: { area: 3507.3125, cmask: 6423, t_rec: '2015.12.11_23:36:00_TAI' },
            });
        }
        const [early] = await rows(simulateHmi({ generation: 2 }), ...ask);
        expect(early).not.toHaveProperty('meta');
        const [plain] = await rows(simulateHmi(), ask[0], ask[1], ask[2], '&meta=false');
        expect(plain).not.toHaveProperty('meta');
    });
    it('prints URLs on a fixed host, or on the one that was asked (pitfall 13)', async () => {
        const ask = ['hmi.sharp_720s', '2015-12-11T23:30:00Z', '2015-12-11T23:40:00Z'];
        const host = async (options) => new URL((await rows(simulateHmi(options), ...ask))[0]?.urls[0] ?? '').origin;
        expect(await host({})).toBe('http://cluster-r730-1:8001');
        expect(await host({ fixedHost: 'http://hmi:8001/' })).toBe('http://hmi:8001');
        expect(await host({ urlHost: 'echo' })).toBe(new URL(simulateHmi().baseUrl).origin);
    });
    it('lives under a prefix that its URLs do not know', async () => {
        const sim = simulateHmi({ basePath: '/flarecast/hmi', urlHost: 'echo' });
        expect(new URL(sim.baseUrl).pathname).toBe('/flarecast/hmi/');
        const [row] = await rows(sim, 'hmi.sharp_720s', '2015-12-11T23:30:00Z', '2015-12-11T23:40:00Z');
        expect(new URL(row?.urls[0] ?? '').pathname).toMatch(/^\/HMI\//);
        expect((await sim.fetch(new URL('/HMI/hmi.sharp_720s', sim.baseUrl))).status).toBe(404);
    });
    it('lists records without file, and times as they were given', async () => {
        const records = [
            {
                series: 'my.series',
                recnum: 7,
                tRecIndex: 1005598,
                segments: [],
                dateObs: '2015-12-11T23:34:08Z',
                time: '2016-01-01T00:00:00Z',
            },
        ];
        const found = await rows(simulateHmi({ data: { replace: true, records } }), 'my.series', '2015-12-11', '2015-12-12');
        expect(found).toMatchObject([
            { urls: [], harpnum: null, date__obs: '2015-12-11T23:34:08Z', time: '2016-01-01T00:00:00Z' },
        ]);
    });
    it('lists a month of 5 000 records', async () => {
        const range = { series: 'hmi.sharp_720s', start: '2014-03-01', end: '2014-04-01', harps: 2, count: 5000 };
        const sim = simulateHmi({ data: { replace: true, ranges: [range] } });
        expect(await rows(sim, 'hmi.sharp_720s', '2014-03-01', '2014-04-01')).toHaveLength(5000);
    });
    it('prints JSON minified or indented', async () => {
        const path = 'HMI/hmi.sharp_720s?start=2015-12-11T23:30:00Z&end=2015-12-11T23:40:00Z';
        expect(await (await get(simulateHmi(), path)).text()).not.toMatch(/\s/);
        const indented = await (await get(simulateHmi({ json: 'indented' }), path)).text();
        expect(indented).toMatch(/^\[\n {2}\{\n {4}"date__obs": /);
        expect(indented.endsWith(']\n')).toBe(true);
    });
});
