import { isSdcError, type SdcError } from '../errors.js';
import type { SccConnection, SiteCall } from './connection.js';

/** Whether a request may have taken effect although it failed: its answer is lost, or the server broke down over it. */
export function isUnsure(error: unknown): error is SdcError {
  return (
    isSdcError(error, 'network') ||
    isSdcError(error, 'timeout') ||
    (isSdcError(error, 'server') && (error.status ?? 0) >= 500)
  );
}

/** A look that may fail, but not hide an abort or the end of the client; `undefined` when it fails. */
export async function unlessEnded<T>(
  connection: SccConnection,
  call: SiteCall,
  look: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await look();
  } catch {
    call.signal?.throwIfAborted();
    connection.transport.lifetime.assertOpen(call.operation);
    return undefined;
  }
}
