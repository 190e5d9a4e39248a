import { afterAll, beforeAll } from 'vitest';

/**
 * Lets the tests of a file wait a millisecond or two between attempts: full jitter draws a part of the back-off, here a small one.
 * Otherwise each of hundreds of repeated calls would wait for a quarter of a second.
 */
export function useShortBackOff(): void {
  const { random } = Math;
  beforeAll(() => {
    Math.random = () => random() / 500;
  });
  afterAll(() => {
    Math.random = random;
  });
}
