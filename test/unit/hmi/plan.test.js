import { describe, expect, it } from 'vitest';
import { transferTimeout } from '../../../src/hmi/download/plan.js';
import { createContext } from '../../../src/hmi/options.js';
describe('pitfall 27: the wait for the headers of a file', () => {
    const patient = createContext({});
    it('allows for the queue of a service of one thread', () => {
        expect(transferTimeout(patient, {})).toBe(120_000);
        expect(transferTimeout(patient, { concurrency: 8 })).toBe(240_000);
        expect(transferTimeout(patient, { concurrency: 1 })).toBeUndefined();
        expect(transferTimeout(patient, { concurrency: 500 })).toBe(480_000);
    });
    it('is what the caller sets', () => {
        expect(transferTimeout(patient, { timeoutMs: 7 })).toBe(7);
        expect(transferTimeout(createContext({ timeoutMs: 5000 }), { concurrency: 8 })).toBeUndefined();
    });
});
