import { expect, it } from 'vitest';
import { createQueue } from '../../../../src/testing/hmi/queue.js';
it('serves one request at a time, in order, also after one that failed (pitfall 27)', async () => {
    const inTurn = createQueue();
    const log = [];
    const work = (name, fails = false) => async () => {
        log.push(`${name} begins`);
        await Promise.resolve();
        log.push(`${name} ends`);
        if (fails)
            throw new Error(name);
        return name;
    };
    const results = await Promise.allSettled([inTurn(work('a')), inTurn(work('b', true)), inTurn(work('c'))]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
