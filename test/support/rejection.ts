/** The error that a promise, or that of a function, rejects with; fails the test when it does not reject. */
export async function rejection(work: Promise<unknown> | (() => Promise<unknown>)): Promise<unknown> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    return error;
  }
  throw new Error('the promise did not reject');
}

/** The error that a promise rejects with, or `undefined`, where either may happen. */
export function errorIfAny(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
