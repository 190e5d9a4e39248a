import type { OwnRequest } from '../../core/operation/operation.js';
import type { SccOperation } from '../context.js';
import { UnexpectedResponse } from '../../errors.js';
import type { HttpRequest } from '../../core/http/request.js';
import type { HttpResponse } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import { SessionLost } from '../../core/session/session.js';
import { isLoginAddress } from '../pages/login-page.js';
import { toSitePage } from './site-page.js';

export function fileCall(op: SccOperation, url: string | URL): OwnRequest {
  return { url, bulk: true, headers: { accept: '*/*' }, timeoutMs: op.context.productTimeoutMs };
}

/** Opens a file; a login page in its place renews the session once. */
export async function openFile(op: SccOperation, call: HttpRequest): Promise<HttpResponse> {
  return op.context.session.run(
    async () => {
      const answer = await op.http.open({
        ...call,
        accept: (status) => call.accept?.(status) === true || status === 401 || status < 300,
      });
      if (answer.status === 401) await toSitePage(op, {}, answer, await answer.text());
      const html = /html/iu.test(answer.contentType ?? '');
      if (isLoginAddress(answer.url)) {
        await answer.discard();
        throw new SessionLost();
      }
      if (!html) return answer;
      const text = await answer.text();
      await toSitePage(op, {}, answer, text);
      const init = { ...op.initAt(answer), bodyExcerpt: safeExcerpt(text, op.redactor) };
      throw new UnexpectedResponse(`expected a file, but got a page: ${init.bodyExcerpt.slice(0, 120)}`, init);
    },
    op.with({ signal: call.signal }),
    { init: op.http.init(call), repeatable: true },
  );
}
