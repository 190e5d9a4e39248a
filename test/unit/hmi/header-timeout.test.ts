import { describe, expect, it } from 'vitest';
import { Operation } from '../../../src/core/operation/operation.js';
import { headerTimeout } from '../../../src/hmi/transfer/abortable.js';
import type { HmiOperation } from '../../../src/hmi/context.js';
import { createContext } from '../../../src/hmi/options.js';

describe('pitfall 27: the wait for the headers of a file', () => {
  const call = (client = {}): HmiOperation => new Operation('hmi.download', createContext(client));
  it('allows for the queue of a service of one thread', () => {
    expect(headerTimeout(call(), {})).toBe(120_000);
    expect(headerTimeout(call(), { concurrency: 8 })).toBe(240_000);
    expect(headerTimeout(call(), { concurrency: 1 })).toBeUndefined();
    expect(headerTimeout(call(), { concurrency: 500 })).toBe(480_000);
  });

  it('is what the caller sets', () => {
    expect(headerTimeout(call(), { timeoutMs: 7 })).toBe(7);
    expect(headerTimeout(call({ timeoutMs: 5000 }), { concurrency: 8 })).toBeUndefined();
  });
});
