import { parseJson } from '../core/http/json.js';
import {
  AlreadyExists,
  ConfigError,
  Forbidden,
  NotFoundError,
  PageNotAccessible,
  RejectedError,
  WrongCredentials,
  type SdcError,
} from '../errors.js';
import type { FailedAnswer } from '../core/http/call.js';
import { warningOf } from '../core/http/failures.js';

/** Which of the server's three doors a client uses. */
export type Access = 'public' | 'token' | 'api-key';

/** The advice of the Python tool's documentation. */
const HELP = 'try again later; if it lasts, the service may be down: mail imap-sdc@lasp.colorado.edu';

/**
 * What a failed answer says. Its body is a JSON text, a JSON object, an XML document of the storage or plain text; the
 * content type tells nothing.
 */
export function messageOf(body: string): string {
  const text = body.trim();
  if (text.startsWith('<')) return xmlMessage(text);
  try {
    const value = parseJson(text);
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null) {
      const message = 'message' in value ? value.message : 'error' in value ? value.error : undefined;
      if (typeof message === 'string') return message;
    }
  } catch {
    // plain text
  }
  return text.slice(0, 500);
}

/** The code of a storage error, such as `SlowDown`. */
export function storageCode(body: string): string | undefined {
  return /<Code>([A-Za-z0-9]+)<\/Code>/u.exec(body)?.[1];
}

function xmlMessage(text: string): string {
  const message = /<Message>([^<]*)<\/Message>/u.exec(text)?.[1];
  return [storageCode(text), message].filter((part) => part !== undefined).join(': ') || text.slice(0, 200);
}

/** The errors of the Science Data Center, for a client that uses one of its doors. */
export function errorMap(access: Access): (failed: FailedAnswer) => SdcError | undefined {
  return (failed) => {
    const { status, init } = failed;
    const said = messageOf(failed.text);
    const words = said === '' ? '' : `: ${said}`;
    switch (status) {
      case 400:
      case 413:
      case 422:
        return new RejectedError(`the Science Data Center refuses the request (${status})${words}`, {
          ...init,
          messages: said === '' ? [] : [said],
        });
      case 401:
        return refusedCredential(access, failed);
      case 403:
        return forbidden(access, failed, said);
      case 404:
        if (!isGatewayWord(said)) return undefined;
        return new NotFoundError(
          `this server has no such route (404) for ${describe(access)}; check the base URL`,
          init,
        );
      case 409:
        return new AlreadyExists(`the archive holds it already (409)${words}`, { ...init, messages: [said] });
      default:
        return status >= 500 ? serverFailed(failed, words) : undefined;
    }
  };
}

function serverFailed({ status, init }: FailedAnswer, words: string): SdcError {
  return new PageNotAccessible(`the Science Data Center answered ${status}${words}${warningOf(init) || `; ${HELP}`}`, {
    ...init,
    retryable: true,
  });
}

function refusedCredential(access: Access, failed: FailedAnswer): SdcError {
  const { init } = failed;
  switch (access) {
    case 'token':
      return new WrongCredentials(
        'the access token is not accepted (401): it has expired or is not one of this server; get a new one (option accessToken or IMAP_ACCESS_TOKEN)',
        { ...init, layer: 'token' },
      );
    case 'api-key':
      return new WrongCredentials('the API key is not accepted (401); check option apiKey or IMAP_API_KEY', {
        ...init,
        layer: 'api-key',
      });
    case 'public':
      return new WrongCredentials(
        'this needs a credential (401); set apiKey or IMAP_API_KEY, or accessToken or IMAP_ACCESS_TOKEN',
        {
          ...init,
          layer: 'api-key',
        },
      );
  }
}

function forbidden(access: Access, failed: FailedAnswer, said: string): SdcError {
  const { init } = failed;
  if (said === 'Missing Authentication Token') {
    return new NotFoundError('this server, an older generation, has no such route (403); check the base URL', init);
  }
  if (access === 'api-key' && said === 'Forbidden') {
    return new WrongCredentials(
      'the Science Data Center does not know this API key (403); check option apiKey or IMAP_API_KEY',
      {
        ...init,
        layer: 'api-key',
      },
    );
  }
  const advice = access === 'public' ? '; an API key or access token shows unreleased data too' : '';
  return new Forbidden(`not allowed (403): ${said === '' ? 'no reason given' : said}${advice}`, init);
}

function describe(access: Access): string {
  switch (access) {
    case 'public':
      return 'clients without a credential';
    case 'token':
      return 'clients with an access token';
    case 'api-key':
      return 'clients with an API key';
  }
}

function isGatewayWord(said: string): boolean {
  return said === 'Not Found' || said === 'Missing Authentication Token';
}

/** Whether an error says that the route itself does not exist below this prefix. */
export function isMissingRoute(error: unknown): boolean {
  return error instanceof NotFoundError && isGatewayWord(messageOf(error.bodyExcerpt ?? ''));
}

/** What a missing route means to a client without an API key: the server has it for keys only. `what` it is in words: `uploads`. */
export function needsApiKey(error: unknown, access: Access, what: string): unknown {
  if (access === 'api-key' || !(error instanceof NotFoundError) || !isMissingRoute(error)) return error;
  const { centre, operation, status, url, delivered } = error;
  const init = { centre, operation, status, url, delivered, cause: error };
  return new ConfigError(`this server takes ${what} with an API key only; set option apiKey or IMAP_API_KEY`, init);
}
