import { Operation } from '../../core/operation/operation.js';
import type { SccContext, SccOperation } from '../context.js';
import { reasonOf } from '../errors.js';
import { logOut } from './log-out.js';

const LOGOUT_MS = 10_000;

/** Ends a client, and its session on the server; calls in flight are aborted. Never rejects. */
export async function closeClient(context: SccContext): Promise<void> {
  const { session, transport, cookies } = context;
  transport.lifetime.end();
  try {
    await session.settled();
    if (session.isOpen) await logOut(context, { signal: AbortSignal.timeout(LOGOUT_MS) }, true);
  } catch (error) {
    warnNotEnded(new Operation('scc.close', context), error);
  } finally {
    session.end();
    transport.close();
    await cookies.clear();
  }
}

/** A session that could not be ended on the server is no failure of the call that gives it up. */
export function warnNotEnded(op: SccOperation, error: unknown): void {
  op.warn('the session could not be ended on the server', reasonOf(error));
}
