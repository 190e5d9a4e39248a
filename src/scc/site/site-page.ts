import { UnexpectedResponse } from '../../errors.js';
import type { UploadBody } from '../../core/http/request.js';
import type { ResponseHead } from '../../core/http/response.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import { SessionLost } from '../../core/session/session.js';
import type { SccOperation } from '../context.js';
import { isLogin, isLoginAddress } from '../pages/login-page.js';

export interface SitePage {
  readonly status: number;
  readonly url: string;
  readonly text: string;
  readonly location: URL | undefined;
}

/** One request of a call; `delivery` for those that change something at the SCC: forms, and the few links that act. */
export type SiteRequest = Pick<OwnRequest, 'url' | 'query' | 'delivery' | 'timeoutMs'>;

/** A form to be sent: to the address of `url`, with the token of the page that shows it. */
export interface FormRequest extends SiteRequest {
  readonly fields?: readonly (readonly [string, string])[];
  /** A multipart body in place of `fields`; its token is in the headers alone. */
  readonly body?: UploadBody;
}

/** Does a piece of work within the session, which is renewed once if it proves lost. */
export function withinSession<T>(op: SccOperation, request: SiteRequest, work: () => Promise<T>): Promise<T> {
  return op.context.session.run(work, op, { init: op.init(request), repeatable: true });
}

/** Statuses of pages that are read: success, and refusals that the caller judges. */
export function isReadable(status: number): boolean {
  return (status >= 200 && status < 300) || status === 401 || status === 403 || status === 404;
}

/**
 * An answer as a page. Whatever shows the login in place of the answer is a lost session, whatever its status.
 *
 * @throws {@link SessionLost}
 */
export async function toSitePage(
  op: SccOperation,
  { delivery }: Pick<SiteRequest, 'delivery'>,
  answer: ResponseHead,
  text: string,
): Promise<SitePage> {
  const location = locationOf(op, answer);
  // Which of the two logins a 401 means is decided by the new login: it begins with the site's.
  const lost =
    answer.status === 401 ||
    (location !== undefined && isLoginAddress(location.href)) ||
    (answer.status < 400 && (await isLogin(answer.url, text)));
  if (lost) {
    delivery?.latestNotTaken();
    throw new SessionLost();
  }
  return { status: answer.status, url: answer.url, text, location };
}

function locationOf(op: SccOperation, answer: ResponseHead): URL | undefined {
  const location = answer.headers.get('location');
  if (location === null) return undefined;
  if (URL.canParse(location, answer.url)) return new URL(location, answer.url);
  throw new UnexpectedResponse('the answer has an unreadable Location header', op.initAt(answer));
}
