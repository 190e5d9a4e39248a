import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Slots } from '../../../src/core/transfer/slots.js';
const { signal } = new AbortController();
describe('slots', () => {
    it('are given in the order of asking', async () => {
        const slots = new Slots(1);
        const order = [];
        const first = await slots.take(signal);
        const others = [1, 2, 3].map(async (number) => {
            const leave = await slots.take(signal);
            order.push(number);
            leave();
        });
        first();
        await Promise.all(others);
        expect(order).toEqual([1, 2, 3]);
    });
    it('given back twice count once', async () => {
        const slots = new Slots(1);
        const leave = await slots.take(signal);
        leave();
        leave();
        await slots.take(signal);
        const none = new AbortController();
        const third = slots.take(none.signal);
        none.abort(new Error('still full'));
        await expect(third).rejects.toThrow('still full');
    });
    it('are not lost when the one whose turn has come gave up in the same moment', async () => {
        const slots = new Slots(1);
        const leave = await slots.take(signal);
        const quitter = new AbortController();
        const turn = slots.take(quitter.signal);
        quitter.abort(new Error('gone'));
        leave();
        await expect(turn).rejects.toThrow('gone');
        (await slots.take(signal))();
    });
    it('are never more than there are, whoever comes and goes', async () => {
        await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.array(fc.nat(3), { maxLength: 30 }), async (count, pauses) => {
            const slots = new Slots(count);
            let busy = 0;
            await Promise.all(pauses.map(async (pause) => {
                const leave = await slots.take(signal);
                busy += 1;
                expect(busy).toBeLessThanOrEqual(count);
                for (let step = 0; step < pause; step += 1)
                    await Promise.resolve();
                busy -= 1;
                leave();
            }));
            expect(busy).toBe(0);
        }));
    });
});
