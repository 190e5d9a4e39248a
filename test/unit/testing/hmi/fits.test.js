import { describe, expect, it } from 'vitest';
import { fitsFile } from '../../../../src/testing/hmi/fits.js';
const file = {
    series: 'hmi.sharp_720s',
    recnum: 5605571,
    segment: 'magnetogram',
    tRecIndex: 1005598,
    urlName: 'magnetogram.fits',
};
const whole = (of, bytes) => {
    const made = fitsFile(of, bytes);
    return Buffer.from(made.read(0, made.size));
};
describe('a generated FITS file', () => {
    it.each([0, 5760, 5761, 100_000, 302_400])('is valid for a wish of %i bytes', (bytes) => {
        const content = whole(file, bytes);
        const header = content.subarray(0, 2880).toString('latin1');
        const cards = new Map([...header.matchAll(/(\w+) *= +(\S+)/g)].map(([, key = '', value = '']) => [key, value]));
        expect(header.startsWith('SIMPLE  =                    T')).toBe(true);
        expect(header).toMatch(/END +$/);
        expect(header).toMatch(/^[ -~]*$/);
        const pixels = Number(cards.get('NAXIS1')) * Number(cards.get('NAXIS2')) * (Number(cards.get('BITPIX')) / 8);
        expect(content.length).toBe(2880 + Math.ceil(pixels / 2880) * 2880);
        expect(content.length).toBeGreaterThanOrEqual(bytes);
        expect(content.length).toBeLessThan(Math.max(bytes, 5760) + 2880);
        expect(content.subarray(2880 + pixels).every((byte) => byte === 0)).toBe(true);
        expect(content.subarray(2880, 2880 + pixels).some((byte) => byte !== 0)).toBe(true);
    });
    it('is the same in every run, and another one for each series, record and segment', () => {
        const content = whole(file, 5760);
        expect(whole({ ...file }, 5760)).toEqual(content);
        const others = [
            { ...file, series: 'hmi.sharp_cea_720s' },
            { ...file, recnum: 5605572 },
            { ...file, segment: 'bitmap' },
        ];
        for (const other of others)
            expect(whole(other, 5760).equals(content)).toBe(false);
    });
    it('reads any part as it reads the whole', () => {
        const made = fitsFile(file, 30_000);
        const content = whole(file, 30_000);
        for (const [from, to] of [
            [0, 1],
            [2879, 2881],
            [2881, 2886],
            [2880, 5760],
            [5001, 5002],
            [4999, 30_240],
            [7, 7],
        ]) {
            expect(Buffer.from(made.read(from, to)).equals(content.subarray(from, to))).toBe(true);
        }
    });
    it('has content beyond two and four gigabytes', () => {
        const made = fitsFile(file, 5 * 2 ** 30);
        for (const from of [2 ** 31 - 2, 2 ** 31 + 5, 2 ** 32 - 1, 2 ** 32 + 3]) {
            const longer = Buffer.from(made.read(from, from + 64));
            expect(Buffer.from(made.read(from + 1, from + 63)).equals(longer.subarray(1, 63))).toBe(true);
            expect(new Set(longer).size).toBeGreaterThan(16);
        }
    });
});
