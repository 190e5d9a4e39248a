import { escapeHtml, page } from '../kit/html.js';
import { secretOf } from './tokens.js';
import type { Visit } from './visit.js';

/** The answer to a forged or incomplete POST; `undefined` when all is well. */
export async function refuseForgery(visit: Visit): Promise<Response | undefined> {
  const complaint = (await originComplaint(visit)) ?? (await tokenComplaint(visit));
  return complaint === undefined ? undefined : visit.html(csrfPage(complaint), 403);
}

/** The real site is HTTPS: the referrer is checked over plain HTTP too. */
function originComplaint(visit: Visit): Promise<string | undefined> {
  const own = visit.context.origin();
  const origin = visit.request.headers.get('origin');
  if (visit.world.profile.checksOrigin && origin !== null) {
    const complaint = origin === own ? undefined : 'Origin checking failed: it does not match any trusted origins.';
    return Promise.resolve(complaint);
  }
  const referer = visit.request.headers.get('referer');
  if (referer === null || referer === '') {
    return Promise.resolve(
      'You are seeing this message because this HTTPS site requires a “Referer header” to be sent by your web browser, but none was sent.',
    );
  }
  const same = URL.canParse(referer) && new URL(referer).origin === own;
  return Promise.resolve(same ? undefined : 'Referer checking failed: it does not match any trusted origins.');
}

async function tokenComplaint(visit: Visit): Promise<string | undefined> {
  const { csrfCookie } = visit;
  const secret = csrfCookie === undefined ? undefined : secretOf(csrfCookie);
  if (secret === undefined) {
    return 'You are seeing this message because this site requires a CSRF cookie when submitting forms.';
  }
  const field = (await visit.fields()).text('csrfmiddlewaretoken') ?? '';
  const token = field === '' ? (visit.request.headers.get('x-csrftoken') ?? '') : field;
  return secretOf(token) === secret ? undefined : 'CSRF token missing or incorrect.';
}

function csrfPage(explanation: string): string {
  return page(
    '403 Forbidden',
    `<div id="summary"><h1>Forbidden <span>(403)</span></h1>
<p>CSRF verification failed. Request aborted.</p></div>
<div id="explanation"><p>${escapeHtml(explanation)}</p></div>`,
  );
}
