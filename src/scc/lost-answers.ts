import type { SccConnection, SiteCall } from './connection.js';

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
