import {
  AlreadyExists,
  ConfigError,
  Forbidden,
  isSdcError,
  MeasurementNotFound,
  RejectedError,
  SCCError,
  WrongCredentials,
  type SdcError,
  type SdcErrorInit,
} from '../errors.js';
import { errorForStatus, safeExcerpt } from '../core/http/errors.js';
import type { Operation } from '../core/operation/operation.js';
import { CREDENTIAL_LAYERS, VARIABLES } from './centre.js';
import { apiMeasurementRoute } from './routes.js';
import type { SiteMessage } from './pages/admin-page.js';
import type { SitePage, SiteRequest } from './site/site-page.js';

/** The words of the site that decide anything; all others are only shown. */
const WORDS = {
  csrf: /csrf/iu,
  csrfReason: /verification failed|csrf (?:cookie|token)|referer/iu,
  chainRestarted: /processing chain was restarted/iu,
  restarted: /restarted/iu,
  alreadyExists: /already exist/iu,
  fieldError: /error:/iu,
} as const;

/** Whether a 403 page is Django's CSRF check and not a missing right. */
export function isCsrfFailure(text: string): boolean {
  return WORDS.csrf.test(text) && WORDS.csrfReason.test(text);
}

/** Whether the text beside a field of a form says what is wrong with it. */
export function isFieldError(text: string): boolean {
  return WORDS.fieldError.test(text);
}

/** Whether a message says that the chain begins again. The level of the message is not known for sure, its words are. */
export function saysRestarted({ level, text }: SiteMessage): boolean {
  if (level === 'error') return false;
  return WORDS.chainRestarted.test(text) || (level !== 'warning' && WORDS.restarted.test(text));
}

/** The error for a page whose status is a refusal. */
export function refusal(op: Operation, request: SiteRequest, page: SitePage): SdcError {
  const bodyExcerpt = safeExcerpt(page.text, op.redactor);
  const { status, text } = page;
  const url = op.redactor.url(page.url);
  const init = { ...op.init(request), url, status, bodyExcerpt };
  if (status >= 200 && status < 400)
    return new RejectedError(`the SCC refused: ${bodyExcerpt.slice(0, 200)}`, { ...init, messages: [bodyExcerpt] });
  return errorForStatus({ status, headers: new Headers(), url, text, init }, CREDENTIAL_LAYERS.account);
}

export function measurementNotFound(op: Operation, id: string): MeasurementNotFound {
  return new MeasurementNotFound(`the SCC has no measurement ${id}; check the id, or list the station’s measurements`, {
    ...op.init({ url: apiMeasurementRoute(id) }),
    status: 404,
    measurementId: id,
  });
}

/** The error for the login of the whole site. */
export function siteRefused(init: SdcErrorInit): WrongCredentials {
  return new WrongCredentials('the SCC refuses the site login (HTTP Basic); check httpAuthUser and httpAuthPassword', {
    ...init,
    layer: CREDENTIAL_LAYERS.httpAuth,
  });
}

/** The error for the account, whose form is shown again. */
export function accountRefused(init: SdcErrorInit): WrongCredentials {
  return new WrongCredentials(
    'the SCC refuses the account; check username and password (the site login was accepted)',
    {
      ...init,
      layer: CREDENTIAL_LAYERS.account,
    },
  );
}

/** The error for a login that is answered with 403. */
export function loginForbidden(text: string, init: SdcErrorInit): Forbidden {
  return new Forbidden(
    isCsrfFailure(text)
      ? 'the SCC refuses the login form (CSRF check); check that baseUrl is the site’s own address'
      : 'this account is not allowed to log in (403)',
    init,
  );
}

/** No credentials go to another origin: a base URL that redirects, such as http to https, cannot log in. */
export function movedElsewhere({ http }: Operation, url: string, init: SdcErrorInit): ConfigError | undefined {
  const { origin } = new URL(url);
  if (origin === http.baseUrl.origin) return undefined;
  return new ConfigError(`the base URL redirects to ${origin}; set option baseUrl or ${VARIABLES.baseUrl} to it`, init);
}

/** The error for a form that was shown again with these messages. */
export function uploadRefused(id: string, messages: readonly string[], init: SdcErrorInit): SdcError {
  // Taken between the question and the upload, or known to the form but not to the API.
  const exists = messages.find((message) => message.includes(id) && WORDS.alreadyExists.test(message));
  if (exists !== undefined) return new AlreadyExists(`the SCC refused the file: ${exists}`, { ...init, messages });
  return new SCCError(
    messages.length === 0
      ? 'the SCC refused the file without giving a reason; try it on the SCC’s own upload page'
      : `the SCC refused the file: ${messages.join(' ')}`,
    { ...init, messages },
  );
}

/** A page in place of a file says that it is not there; a redirect that leads nowhere says nothing about it. */
export function isPageInstead(error: unknown): error is SdcError {
  return isSdcError(error, 'unexpected-response') && (error.status ?? 0) < 300;
}

/**
 * Whether the site may still be at work on a request whose answer was lost: no answer came, or a gateway gave up waiting for one.
 * After an error page of its own it is not.
 */
export function mayStillTakeEffect(error: unknown): boolean {
  if (!isSdcError(error)) return false;
  return error.code === 'timeout' || error.code === 'network' || error.status === 504;
}

/** A failure that is not the call's own, for the log. */
export function reasonOf(error: unknown): { readonly reason: string } {
  return { reason: error instanceof Error ? error.message : 'unknown' };
}
