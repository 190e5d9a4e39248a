import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../../../../src/testing/hmi/options.js';
describe('the options of the simulated HMI service', () => {
    it('simulates the fourth generation by default', () => {
        expect(resolveSettings({})).toMatchObject({ generation: 4, urlHost: 'fixed', ranges: false, basePath: '/' });
    });
    it.each([
        ['', '/'],
        ['/', '/'],
        ['flarecast', '/flarecast/'],
        ['/flarecast/hmi/', '/flarecast/hmi/'],
    ])('takes the prefix %j', (basePath, expected) => {
        expect(resolveSettings({ basePath }).basePath).toBe(expected);
    });
    it('refuses a generation that never was', () => {
        const generation = 5;
        expect(() => resolveSettings(Object.assign({}, { generation }))).toThrow(RangeError);
    });
});
