import { describe, expect, it } from 'vitest';
import { simulateHmi } from '../../../src/testing/hmi/simulate.js';
import { G4_META } from './published.js';
import { get, rows } from './support.js';
const PATH = 'HMI/hmi.sharp_720s/meta/';
const ask = async (path, options = {}) => {
    const response = await get(simulateHmi(options), path);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    return (await response.json());
};
describe('metadata of the simulated HMI service', () => {
    it('is exactly the published answer', async () => {
        expect(await ask(`${PATH}5601499?fields=area,cmask,distcoef`)).toEqual(G4_META);
        expect(await ask(`${PATH}5601499?fields=area%2Ccmask%2Cdistcoef`)).toEqual(G4_META);
    });
    it('takes a comma list, raw or encoded, and leaves out what it does not hold', async () => {
        const raw = await ask(`${PATH}5601499,5605571,1?fields=area`);
        expect(Object.keys(raw)).toEqual(['5601499', '5605571']);
        expect(await ask(`${PATH}5601499%2C5605571?fields=area`)).toEqual(raw);
        expect(await ask(`${PATH}1?fields=area`)).toEqual({});
    });
    it('gives all keywords without fields, and the same values in every run', async () => {
        const all = await ask(`${PATH}5605571`);
        expect(Object.keys(all['5605571']?.meta ?? {}).length).toBeGreaterThan(35);
        expect(await ask(`${PATH}5605571?fields=`)).toEqual(all);
        expect(all['5605571']?.meta).toMatchObject({
            harpnum: 6178,
            cadence: 720,
            t_rec: '2015.12.11_23:36:00_TAI',
            ctype1: 'HPLN-TAN',
        });
    });
    it('gives values of the records of a list', async () => {
        const records = [{ series: 'my.series', recnum: 9, tRecIndex: 1005598, meta: { lidar: 1.5 } }];
        const found = await ask('HMI/my.series/meta/9?fields=lidar', { data: { records } });
        expect(found['9']?.meta).toEqual({ lidar: 1.5 });
    });
    it('leaves out a keyword that HMI does not have, or fails by switch', async () => {
        const found = await ask(`${PATH}5601499?fields=area,AREA,nonsense`);
        expect(found['5601499']?.meta).toEqual({ area: 3507.3125 });
        const failed = await get(simulateHmi({ unknownKeyword: 'error' }), `${PATH}5601499?fields=area,nonsense`);
        expect(failed.status).toBe(500);
        expect((await get(simulateHmi({ unknownKeyword: 'error' }), `${PATH}5601499?fields=area`)).status).toBe(200);
    });
    it('takes one number only by switch', async () => {
        const sim = simulateHmi({ metaRoute: 'single' });
        expect((await get(sim, `${PATH}5601499?fields=area`)).status).toBe(200);
        expect((await get(sim, `${PATH}5601499,5605571?fields=area`)).status).toBe(404);
    });
    it('takes no more numbers than allowed', async () => {
        const sim = simulateHmi({ metaMaxRecnums: 2 });
        expect((await get(sim, `${PATH}1,2`)).status).toBe(200);
        expect((await get(sim, `${PATH}1,2,3`)).status).toBe(400);
        const many = Array.from({ length: 500 }, (_, recnum) => String(recnum)).join();
        expect((await get(simulateHmi(), PATH + many)).status).toBe(200);
        expect((await get(simulateHmi(), `${PATH}${many},500`)).status).toBe(400);
    });
    it.each([
        [{ metaRoute: 'absent' }, 404],
        [{ generation: 3 }, 404],
        [{ generation: 1 }, 404],
    ])('is not there with %j', async (options, status) => {
        expect((await get(simulateHmi(options), `${PATH}5601499?fields=area`)).status).toBe(status);
    });
    it.each(['5601499,', 'x', '5601499;5605571'])('has no answer for %j', async (numbers) => {
        expect((await get(simulateHmi(), PATH + numbers)).status).toBe(404);
    });
    it('answers for records of a list in batches of 100', async () => {
        const sim = simulateHmi();
        const numbers = (await rows(sim, 'hmi.sharp_720s', '2015-12-10', '2015-12-13'))
            .slice(0, 100)
            .map(({ recnum }) => String(recnum));
        const found = await ask(`${PATH}${numbers.join()}?fields=usflux`);
        expect(Object.keys(found).sort()).toEqual([...numbers].sort());
        expect(new Set(Object.values(found).map(({ meta }) => JSON.stringify(meta))).size).toBe(100);
    });
});
