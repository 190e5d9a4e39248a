import { closeSync, openSync } from 'node:fs';
import { devNull } from 'node:os';
import { NetworkError, type SdcErrorInit } from '../../errors.js';

/** Loads something at its first use, once; the result of a failed load is an error of the call that `init` names. */
export type Lazy<T> = (init?: SdcErrorInit) => Promise<T>;

/** As many files as a library may be read from at the same time. */
const FILES_OF_A_MODULE = 32;
const NO_DESCRIPTOR = new Set<unknown>(['EMFILE', 'ENFILE']);

/**
 * A module that is loaded at its first use. A failure, such as too many open files, is forgotten, so that the next use tries
 * again. Node.js 20 remembers a failed `import()` for good, and that a `package.json` could not be opened, so none is begun while
 * files cannot be opened. What a later step needs is loaded before the first request.
 */
export function lazy<T>(load: () => Promise<T>): Lazy<T> {
  let loading: Promise<T> | undefined;
  const begin = async (): Promise<T> => {
    requireDescriptors();
    return load();
  };
  return async (init) => {
    const current = (loading ??= begin());
    try {
      return await current;
    } catch (error) {
      if (loading === current) loading = undefined;
      throw init === undefined ? error : loadFailed(error, init);
    }
  };
}

function requireDescriptors(): void {
  const held: number[] = [];
  try {
    for (let count = 0; count < FILES_OF_A_MODULE; count += 1) held.push(openSync(devNull, 'r'));
  } catch (error) {
    if (NO_DESCRIPTOR.has(codeOf(error))) throw error;
  } finally {
    for (const descriptor of held) closeSync(descriptor);
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function loadFailed(error: unknown, init: SdcErrorInit): NetworkError {
  const code = codeOf(error) ?? 'unknown error';
  return new NetworkError(`a part of this package could not be loaded (${code}); call again`, init);
}
