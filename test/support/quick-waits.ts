import { afterAll, beforeAll } from 'vitest';
import { setClock } from '../../src/core/util/time.js';

/**
 * Lets the waits of a file's tests pass at once, while the clock goes on as if they had lasted: for polls, pauses and deadlines against
 * a simulator within the process.
 */
export function useQuickWaits(): void {
  let passed = 0;
  beforeAll(() => {
    setClock({
      now: () => Date.now() + passed,
      monotonic: () => performance.now() + passed,
      wait: async (ms) => {
        passed += Math.max(0, ms);
        await new Promise((resolve) => setImmediate(resolve));
      },
    });
  });
  afterAll(() => setClock());
}
