import { afterAll, onTestFinished, TestRunner } from 'vitest';

/** Cleans up after the test that runs; outside of tests, after those of the file or of the `describe`. */
export function cleanUp(step: () => PromiseLike<void> | void): void {
  const after = TestRunner.getCurrentTest() === undefined ? afterAll : onTestFinished;
  after(async () => {
    await step();
  });
}
