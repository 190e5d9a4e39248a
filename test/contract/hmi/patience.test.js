import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { NetworkError, TimeoutError } from '../../../src/errors.js';
import { HmiClient } from '../../../src/hmi/index.js';
beforeEach(async () => {
    // What is loaded at first use is loaded now: an import does not go on while the clock stands still.
    const broken = new HmiClient({ fetch: () => Promise.reject(new Error('no network')), retries: 0 });
    await expect(broken.query('720', { start: '2015-12-11', end: '2015-12-12' }).first()).rejects.toThrow(NetworkError);
    vi.useFakeTimers();
});
afterEach(() => {
    vi.useRealTimers();
});
/** A service that never answers; tells after how long the client gave up. */
async function patience(q, timeoutMs) {
    const silent = (_url, init) => new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
    const hmi = new HmiClient({
        fetch: silent,
        retries: 0,
        ...(timeoutMs !== undefined && { timeoutMs }),
    });
    let error;
    const began = Date.now();
    const work = hmi
        .query('hmi.sharp_720s', { start: '2015-12-11', end: '2015-12-12', ...q })
        .first()
        .catch((one) => {
        error = one;
    });
    while (error === undefined)
        await vi.advanceTimersByTimeAsync(1000);
    await work;
    expect(error).toBeInstanceOf(TimeoutError);
    return Date.now() - began;
}
describe('checklist 6: how long a list is waited for', () => {
    it('30 s by default', async () => {
        expect(await patience({})).toBe(30_000);
    });
    it('pitfall 26: 120 s when keywords are asked for within the list', async () => {
        expect(await patience({ meta: true })).toBe(120_000);
    });
    it('what the caller sets, in any case', async () => {
        expect(await patience({ meta: true }, 5000)).toBe(5000);
    });
});
