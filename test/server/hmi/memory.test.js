import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { useBench } from './kit.js';
const bench = useBench();
function collectGarbage() {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc');
    if (typeof gc === 'function')
        gc();
}
describe('a month of records', () => {
    it('5 000 records are listed in bounded memory: what was handed over is not kept', async () => {
        const range = { series: 'hmi.sharp_720s', start: '2014-01-01', end: '2014-02-01', harps: [1, 2], count: 5000 };
        const { sim, hmi } = await bench().service({ data: { replace: true, ranges: [range] } });
        const first = [];
        let count = 0;
        let last = 0;
        const keys = new Set();
        for await (const record of hmi.query('hmi.sharp_720s', { start: '2014-01-01', end: '2014-02-01' })) {
            count += 1;
            if (count <= 200)
                first.push(new WeakRef(record));
            keys.add(record.recnum ?? 0);
            expect(record.dateObs.getTime()).toBeGreaterThanOrEqual(last);
            last = record.dateObs.getTime();
        }
        expect(count).toBe(5000);
        expect(keys.size).toBe(5000);
        expect(sim.requests.length).toBeLessThanOrEqual(31);
        await new Promise((resolve) => setTimeout(resolve, 10));
        collectGarbage();
        expect(first.filter((one) => one.deref() !== undefined).length).toBeLessThan(20);
    });
});
