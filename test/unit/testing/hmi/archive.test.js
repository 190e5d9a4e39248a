import { describe, expect, it } from 'vitest';
import { buildArchive, findHolding } from '../../../../src/testing/hmi/archive.js';
const held = (name, data = {}) => {
    const found = findHolding(buildArchive(data), name, 4, false);
    if (found === undefined)
        throw new Error(`no series ${name}`);
    return found;
};
describe('the sample data of the simulated HMI service', () => {
    it('has three days of SHARPs in 12 minute slots, with 1 to 6 HARPs a slot and some slots missing', () => {
        const { records } = held('hmi.sharp_720s');
        const slots = new Map();
        for (const { tRecIndex } of records)
            slots.set(tRecIndex, (slots.get(tRecIndex) ?? 0) + 1);
        expect(slots.size).toBeGreaterThan(300);
        expect(slots.size).toBeLessThan(360);
        expect(new Set(slots.values())).toEqual(new Set([...slots.values()].filter((count) => count >= 1 && count <= 6)));
        expect(new Set(slots.values()).size).toBeGreaterThan(2);
    });
    it('has one record for each HARP of a slot', () => {
        for (const name of ['hmi.sharp_720s', 'hmi.sharp_cea_720s_nrt']) {
            const keys = held(name).records.map(({ tRecIndex, harpnum }) => `${String(tRecIndex)}/${String(harpnum)}`);
            expect(new Set(keys).size).toBe(keys.length);
        }
    });
    it('uses the same record numbers in different series, and other HARP numbers near real time (pitfall 22)', () => {
        const definitive = held('hmi.sharp_720s');
        const remapped = held('hmi.sharp_cea_720s');
        expect([...definitive.byRecnum.keys()].filter((recnum) => remapped.byRecnum.has(recnum)).length).toBeGreaterThan(100);
        const numbers = new Set(definitive.records.map(({ harpnum }) => harpnum));
        expect(held('hmi.sharp_cea_720s_nrt').records.some(({ harpnum }) => numbers.has(harpnum))).toBe(false);
    });
    it('holds the published rows', () => {
        expect(held('hmi.sharp_720s').byRecnum.get(5605571)).toMatchObject({ harpnum: 6178, tRecIndex: 1005598 });
        expect(held('hmi.sharp_720s').byRecnum.get(5601499)).toMatchObject({ harpnum: 6167, tRecIndex: 1005598 });
        expect(held('hmi.sharp_cea_720s_nrt').byRecnum.get(1958485)).toMatchObject({ quality: 1024, tRecIndex: 1010166 });
    });
    it('marks near-real-time records in their quality', () => {
        expect(held('hmi.sharp_cea_720s_nrt').records.every(({ quality }) => quality === 1024)).toBe(true);
        expect(held('hmi.sharp_720s').records.every(({ quality }) => quality === 0)).toBe(true);
    });
});
describe('the data option', () => {
    it('replaces the sample data on request', () => {
        const archive = buildArchive({ replace: true, records: [{ series: 'my.series', recnum: 7, tRecIndex: 1005598 }] });
        expect([...archive.holdings.keys()]).toEqual(['my.series']);
        expect(archive.holdings.get('my.series')?.series.segments).toEqual(['magnetogram']);
    });
    it('adds records and lets them replace generated ones', () => {
        const before = held('hmi.sharp_720s').records.length;
        const recnum = held('hmi.sharp_720s').records[0]?.recnum ?? 0;
        const records = [
            { series: 'hmi.sharp_720s', recnum, tRecIndex: 1005500, quality: 256 },
            { series: 'hmi.sharp_720s', recnum: 1, tRecIndex: 1005500, segments: [] },
        ];
        const { byRecnum, records: after } = held('hmi.sharp_720s', { records });
        expect(after).toHaveLength(before + 1);
        expect(byRecnum.get(recnum)?.quality).toBe(256);
    });
    it('makes a month of exactly 5 000 records by rule', () => {
        const range = { series: 'hmi.sharp_720s', start: '2014-03-01', end: '2014-04-01', harps: 2, count: 5000 };
        const { records, byRecnum } = held('hmi.sharp_720s', { replace: true, ranges: [range] });
        expect(records).toHaveLength(5000);
        expect(byRecnum.size).toBe(5000);
        expect(records[0]?.micros).toBeGreaterThanOrEqual(Date.UTC(2014, 2, 1) * 1000);
        expect(records.at(-1)?.micros).toBeLessThan(Date.UTC(2014, 3, 1) * 1000);
    });
    it('takes HARP numbers, and makes every slot without gaps', () => {
        const range = {
            series: 'hmi.sharp_720s',
            start: new Date(Date.UTC(2014, 2, 1)),
            end: '2014-03-02',
            harps: [11, 22],
        };
        const { records } = held('hmi.sharp_720s', { replace: true, ranges: [range] });
        expect(records).toHaveLength(240);
        expect(new Set(records.map(({ harpnum }) => harpnum))).toEqual(new Set([11, 22]));
    });
    it('refuses a range without a date', () => {
        const range = { series: 'hmi.m_720s', start: 'soon', end: '2014-03-02' };
        expect(() => buildArchive({ ranges: [range] })).toThrow(TypeError);
        expect(() => buildArchive({ ranges: [{ ...range, start: new Date(Number.NaN) }] })).toThrow(TypeError);
    });
});
describe('names of series', () => {
    const archive = buildArchive({});
    it('may leave out the prefix, and 720 is the full disk', () => {
        expect(findHolding(archive, 'sharp_720s', 3, false)?.series.name).toBe('hmi.sharp_720s');
        expect(findHolding(archive, 'hmi.sharp_720s', 1, false)?.series.name).toBe('hmi.sharp_720s');
        expect(findHolding(archive, '720', 1, false)?.series.name).toBe('hmi.m_720s');
        expect(findHolding(archive, 'sharp_721s', 1, false)).toBeUndefined();
    });
    it('is ruled by the generation where the switch says strict', () => {
        expect(findHolding(archive, 'sharp_720s', 2, true)?.series.name).toBe('hmi.sharp_720s');
        expect(findHolding(archive, 'sharp_720s', 3, true)).toBeUndefined();
        expect(findHolding(archive, 'hmi.sharp_720s', 3, true)?.series.name).toBe('hmi.sharp_720s');
        expect(findHolding(archive, 'hmi.sharp_720s', 2, true)).toBeUndefined();
    });
    it.each([
        ['hmi.sharp_720s', 31],
        ['hmi.sharp_cea_720s', 11],
        ['hmi.m_720s', 1],
        ['hmi.ic_nolimbdark_720s_nrt', 1],
    ])('%s has its segments', (name, count) => {
        expect(findHolding(archive, name, 4, false)?.series.segments).toHaveLength(count);
    });
});
