import { UnexpectedResponse } from '../../errors.js';
import { safeExcerpt } from '../../core/http/errors.js';
import { Operation } from '../../core/operation/operation.js';
import { COOKIES } from '../centre.js';
import type { LoginContext, SccContext, SccOperation } from '../context.js';
import { FORM_FIELDS } from '../pages/login-page.js';
import { LOGOUT_ROUTE } from '../routes.js';
import { csrfHeaders, csrfToken } from '../site/post-form.js';
import { reasonOf } from '../errors.js';

/**
 * Ends the session on the server: POST with token (Django 5), or GET where that is refused (older).
 *
 * @param afterEnd - For a client that has ended already.
 * @throws {@link UnexpectedResponse} when the session cookie is still there afterwards.
 */
export async function logOut(call: Operation<LoginContext>, afterEnd = false): Promise<void> {
  const { context, callOptions, publicCall } = call;
  const op = new Operation('scc.logout', context, callOptions, { publicCall });
  const session = (): Promise<string | undefined> => context.cookies.value(op.http.baseUrl, COOKIES.session);
  const before = await session();
  if (before === undefined) return;
  const url = new URL(LOGOUT_ROUTE, op.http.baseUrl);
  const request = { url, redirect: 'manual' as const, accept: (status: number) => status < 500, afterEnd };
  const token = await csrfToken(op);
  if (token !== undefined) {
    const posted = await op.text({
      ...request,
      method: 'POST',
      headers: { accept: 'text/html', ...csrfHeaders(url, token) },
      body: { form: [[FORM_FIELDS.token, token]] },
    });
    if (posted.answer.status < 400 && (await session()) !== before) return;
  }
  const { answer, text } = await op.text({ ...request, headers: { accept: 'text/html' } });
  if ((await session()) !== before) return;
  throw new UnexpectedResponse(`the logout was answered with ${answer.status}, and the session is still open`, {
    ...op.init({ url: LOGOUT_ROUTE }),
    status: answer.status,
    bodyExcerpt: safeExcerpt(text, op.redactor),
  });
}

const LOGOUT_MS = 10_000;

/** Ends a client, and its session on the server unless that is another one's; calls in flight are aborted. Never rejects. */
export async function closeClient(context: SccContext): Promise<void> {
  const { session, transport, cookies } = context;
  transport.lifetime.end();
  if (transport.lifetime.shared) return;
  try {
    await session.settled();
    if (session.isOpen)
      await logOut(new Operation('scc.close', context, { signal: AbortSignal.timeout(LOGOUT_MS) }), true);
  } catch (error) {
    warnNotEnded(new Operation('scc.close', context), error);
  } finally {
    session.end();
    transport.close();
    await cookies.clear();
  }
}

/** A session that could not be ended on the server does not fail the call that closes it. */
export function warnNotEnded(op: SccOperation, error: unknown): void {
  op.warn('the session could not be ended on the server', reasonOf(error));
}
