import { NetworkError, type SdcErrorInit } from '../../errors.js';

/** Loads something at its first use, once; the result of a failed load is an error of the call that `init` names. */
export type Lazy<T> = (init?: SdcErrorInit) => Promise<T>;

/**
 * A module that is loaded at its first use. A failure, such as too many open files, is forgotten, so that the next use tries
 * again. Node.js 20 never tries a failed `import()` again by itself, so what a later step needs is loaded before the first request.
 */
export function lazy<T>(load: () => Promise<T>): Lazy<T> {
  let loading: Promise<T> | undefined;
  return async (init) => {
    const current = (loading ??= load());
    try {
      return await current;
    } catch (error) {
      if (loading === current) loading = undefined;
      throw init === undefined ? error : loadFailed(error, init);
    }
  };
}

function loadFailed(error: unknown, init: SdcErrorInit): NetworkError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return new NetworkError(`a part of this package could not be loaded (${code}); call again`, init);
}
