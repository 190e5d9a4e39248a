import { isSdcError, NetworkError } from '../../errors.js';
import type { Call } from '../../core/http/call.js';
import type { ScopsContext } from '../context.js';

/** System errors that prove that nothing left this machine. */
const NOTHING_SENT = /\b(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)\b/u;

/**
 * Does work that must not be done twice. When the answer is lost, the error says that it may have been done, and does not
 * call itself retryable.
 */
export async function unrepeated<T>(
  { transport }: ScopsContext,
  call: Call,
  warning: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const lost = isSdcError(error, 'network') || isSdcError(error, 'timeout');
    if (!lost || NOTHING_SENT.test(error.message)) throw error;
    const why = error.message.replace(`${call.operation}: `, '');
    throw new NetworkError(`the answer was lost, ${warning}; look before sending again (${why})`, {
      ...transport.init(call),
      code: error.code,
      retryable: false,
      attempts: error.attempts,
    });
  }
}
