import { Forbidden, UnexpectedResponse } from '../../errors.js';
import { COOKIES } from '../centre.js';
import type { SccOperation, LoginContext } from '../context.js';
import { isCsrfFailure } from '../errors.js';
import { FORM_FIELDS, formToken } from '../pages/login-page.js';
import { isReadable, toSitePage, withinSession, type FormRequest, type SitePage } from './site-page.js';
import type { Operation } from '../../core/operation/operation.js';

/**
 * Sends a form once and gives the answer as it is, redirects not followed.
 *
 * A POST that the site answers with its CSRF page or its login took no effect; only then is it sent again.
 */
export async function postForm(op: SccOperation, form: FormRequest): Promise<SitePage> {
  return withinSession(op, form, async () => {
    const first = await postOnce(op, form);
    if (first.status !== 403 || !isCsrfFailure(first.text)) return first;
    await freshToken(op, form);
    const second = await postOnce(op, form);
    if (second.status === 403 && isCsrfFailure(second.text)) {
      throw new Forbidden(
        'the SCC refuses the form (CSRF check), twice with fresh tokens; check baseUrl (scheme and host must be the site’s own)',
        { ...op.init(form), status: 403 },
      );
    }
    return second;
  });
}

async function postOnce(op: SccOperation, form: FormRequest): Promise<SitePage> {
  const token = (await csrfToken(op)) ?? (await freshToken(op, form));
  op.redactor.addShortLived(token);
  const { fields = [], body, ...request } = form;
  const url = new URL(form.url, op.http.baseUrl);
  const { text, answer } = await op.text({
    ...request,
    method: 'POST',
    redirect: 'manual',
    headers: { accept: 'text/html,*/*;q=0.8', ...csrfHeaders(url, token) },
    body: body ?? { form: [[FORM_FIELDS.token, token], ...fields] },
    bulk: body !== undefined,
    accept: (status) => isReadable(status) || (status >= 300 && status < 400) || status === 405,
  });
  return toSitePage(op, form, answer, text);
}

/** The token that Django wants with every POST: from the jar, else from the form. */
async function freshToken(op: SccOperation, { url, timeoutMs }: FormRequest): Promise<string> {
  await op.context.cookies.forget(op.http.baseUrl, COOKIES.csrf);
  const { text, answer } = await op.text({ url, timeoutMs, accept: isReadable });
  const page = await toSitePage(op, {}, answer, text);
  const token = (await csrfToken(op)) ?? (await formToken(page.text));
  if (token === undefined)
    throw new UnexpectedResponse(
      `the page ${op.redactor.url(page.url)} shows no form with a CSRF token`,
      op.initAt(answer),
    );
  return token;
}

/** The token that Django wants with every POST, as the jar has it for an address. */
export function csrfToken(op: Operation<LoginContext>, url = op.http.baseUrl): Promise<string | undefined> {
  return op.context.cookies.value(url, COOKIES.csrf);
}

/** The headers of a POST that Django's check passes. */
export function csrfHeaders(url: URL, token: string): Readonly<Record<string, string>> {
  return { 'x-csrftoken': token, referer: url.href, origin: url.origin };
}
