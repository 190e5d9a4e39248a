import type { SccOperation } from '../context.js';
import { warnNotEnded } from '../session/log-out.js';
import { logout } from './logout.js';

/** Logs in, again if there is a session already. */
export async function login(op: SccOperation): Promise<void> {
  op.assertOpen();
  op.signal?.throwIfAborted();
  const { session } = op.context;
  // The session that is given up must not stay open on the server.
  if (session.isOpen) await logout(op).catch((error: unknown) => warnNotEnded(op, error));
  op.signal?.throwIfAborted();
  await session.renew(op);
}
