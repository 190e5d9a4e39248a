import type { SccOperation } from '../context.js';
import { logOut } from '../session/log-out.js';

/** Ends the session on the server; without one it asks for nothing. */
export async function logout(op: SccOperation): Promise<void> {
  op.assertOpen();
  const { session } = op.context;
  if (!session.isOpen) return;
  await logOut(op);
  session.end();
}
