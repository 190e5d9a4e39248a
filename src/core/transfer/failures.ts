import { isSdcError, TimeoutError, TransferError, type SdcErrorInit } from '../../errors.js';
import { diskWords, isDiskError, systemCode } from '../files/system-error.js';

/** A body that ended before its length, or was cut where no length was known. */
export function truncatedBody(
  init: SdcErrorInit,
  cause: unknown,
  actual: number,
  expected: number | undefined,
): TransferError {
  const of = expected === undefined ? '' : ` of ${expected}`;
  const code = systemCode(cause);
  // The parser of HTTP says so of whatever comes behind the end that was announced.
  const means = code?.startsWith('HPE_') === true ? ': what arrived is not HTTP, or is longer than announced' : '';
  const why = code === undefined ? '' : ` (${code}${means})`;
  return new TransferError(`the body broke off after ${actual}${of} bytes${why}; call again to continue`, {
    ...init,
    retryable: true,
    expected,
    actual,
  });
}

const misfits = new WeakSet();

/** A body that is not what was asked for, by its first bytes or as a whole. */
export function misfit(init: SdcErrorInit, expected: string, complaint: string): TransferError {
  const error = new TransferError(`the body is not ${expected}: ${complaint}`, {
    ...init,
    expected,
    actual: complaint,
  });
  misfits.add(error);
  return error;
}

/** Whether a body failed its check, which it may not do a second time. */
export function isMisfit(error: unknown): boolean {
  return typeof error === 'object' && error !== null && misfits.has(error);
}

export function bodyTimeout(init: SdcErrorInit, idleTimeoutMs: number, bytes: number): TimeoutError {
  return new TimeoutError(
    `no data arrived for ${idleTimeoutMs} ms after ${bytes} bytes; call again to continue, or raise idleTimeoutMs`,
    init,
  );
}

export function diskFailed(init: SdcErrorInit, path: string, cause: unknown): TransferError {
  return new TransferError(`${path} could not be written: ${diskWords(cause)}`, { ...init, cause });
}

/** Works on the disk, and tells its failures as those of the transfer. */
export async function onDisk<T>(init: SdcErrorInit, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw isDiskError(error) ? diskFailed(init, path, error) : error;
  }
}

/** The same failure with the place where the part is kept. */
export function withPart(error: unknown, partPath: string): unknown {
  if (!(error instanceof TransferError) || error.partPath !== undefined) return error;
  Object.defineProperty(error, 'partPath', { value: partPath, enumerable: true, configurable: true });
  return error;
}

/** Whether another request may succeed after the failure of a body. */
export function isTransient(error: unknown): boolean {
  return isSdcError(error) && error.retryable && (error.code === 'transfer' || error.code === 'timeout');
}
