import { parseJson } from '../core/util/json.js';
import {
  AlreadyExists,
  ConfigError,
  Forbidden,
  isSdcError,
  NotFoundError,
  PageNotAccessible,
  RejectedError,
  RemoteFileNotFound,
  UnexpectedResponse,
  WrongCredentials,
  type SdcError,
  type SdcErrorInit,
} from '../errors.js';
import type { ErrorResponse } from '../core/http/response.js';
import { warningOf } from '../core/http/errors.js';
import { isRedirect } from '../core/http/layers/redirect.js';
import type { Delivery } from '../core/operation/delivery.js';
import { DOORS, type Access } from './centre.js';
import { IALIRT, isIalirt } from './names/invalid.js';

/** The words that distinguish answers with the same status. */
const WORDS = {
  /** 404: a route that the server lacks; of a file it says more. */
  noRoute: 'Not Found',
  /** 403, or 404, of the server of 2024: a route that it lacks. */
  noRouteOf2024: 'Missing Authentication Token',
  /** 403: a key that the gateway does not know; one without the permission gets a reason. */
  unknownKey: 'Forbidden',
  /** 403 for a file that is there. */
  unreleased: 'not a part of a public release',
  /** 400 of the server of 2024, which has one table. */
  noTables: /^table is not a valid query parameter\b/u,
  /** 500 for a log that is not there. */
  noLog: /ResourceNotFoundException|does not exist/u,
  /** 400 of a server that takes the id of a log as a parameter. */
  wantsLogId: 'job_log_stream_id',
  /** 503 of the storage: it did not take the file. Any other answer of 5xx leaves that open. */
  busy: '<Code>SlowDown</Code>',
} as const;

/** The advice of the Python tool's documentation. */
const HELP = 'try again later; if it persists, the service may be down: write to imap-sdc@lasp.colorado.edu';

/**
 * What a failed answer says. Its body is a JSON text, a JSON object, an XML document of the storage or plain text; the
 * content type says nothing.
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

/** The code of a storage error, such as `SlowDown`, and its words. */
function xmlMessage(text: string): string {
  const code = /<Code>([A-Za-z0-9]+)<\/Code>/u.exec(text)?.[1];
  const message = /<Message>([^<]*)<\/Message>/u.exec(text)?.[1];
  return [code, message].filter((part) => part !== undefined).join(': ') || text.slice(0, 200);
}

/** The errors of the Science Data Center, for a client that uses one of its doors. */
export function errorMap(access: Access): (failed: ErrorResponse) => SdcError | undefined {
  return (failed) => {
    const { status, init } = failed;
    const message = messageOf(failed.text);
    const words = message === '' ? '' : `: ${message}`;
    switch (status) {
      case 400:
      case 413:
      case 422:
        return new RejectedError(`the Science Data Center refuses the request (${status})${words}`, {
          ...init,
          messages: message === '' ? [] : [message],
        });
      case 401:
        return new WrongCredentials(REFUSED[access], { ...init, layer: DOORS[access].layer });
      case 403:
        return forbidden(access, init, message);
      case 404:
        if (!isGatewayWord(message)) return undefined;
        return new NotFoundError(
          `this server has no such route (404) for ${CLIENTS[access]}; check the base URL`,
          init,
        );
      case 409:
        return new AlreadyExists(`the archive already holds it (409)${words}`, { ...init, messages: [message] });
      default:
        return status >= 500 ? serverFailed(failed, words) : undefined;
    }
  };
}

function serverFailed({ status, init }: ErrorResponse, words: string): SdcError {
  return new PageNotAccessible(`the Science Data Center answered ${status}${words}${warningOf(init) || `; ${HELP}`}`, {
    ...init,
    retryable: true,
  });
}

/** What a client that uses this door may have done wrong when its credential is refused. */
const REFUSED: Readonly<Record<Access, string>> = {
  token:
    'the access token is not accepted (401): it has expired or was not issued by this server; get a new one (option accessToken or IMAP_ACCESS_TOKEN)',
  'api-key': 'the API key is not accepted (401); check option apiKey or IMAP_API_KEY',
  public: 'this requires a login (401); set apiKey or IMAP_API_KEY, or accessToken or IMAP_ACCESS_TOKEN',
};
const CLIENTS: Readonly<Record<Access, string>> = {
  public: 'clients without an API key or token',
  token: 'clients with an access token',
  'api-key': 'clients with an API key',
};

function forbidden(access: Access, init: SdcErrorInit, message: string): SdcError {
  if (message === WORDS.noRouteOf2024) {
    return new NotFoundError('this server, an older generation, has no such route (403); check the base URL', init);
  }
  if (access === 'api-key' && message === WORDS.unknownKey) {
    return new WrongCredentials(
      'the Science Data Center does not know this API key (403); check option apiKey or IMAP_API_KEY',
      { ...init, layer: 'api-key' },
    );
  }
  const advice = access === 'public' ? '; an API key or access token shows unreleased data too' : '';
  return new Forbidden(`not allowed (403): ${message === '' ? 'no reason given' : message}${advice}`, init);
}

function isGatewayWord(message: string): boolean {
  return message === WORDS.noRoute || message === WORDS.noRouteOf2024;
}

/** The errors of the packet service. */
export function packetError({ status, init }: ErrorResponse): SdcError | undefined {
  if (status !== 401) return undefined;
  return new WrongCredentials(
    'the packet service does not accept its token (401); check option webpodaToken or IMAP_WEBPODA_TOKEN, the base64 of user:password',
    { ...init, layer: 'token' },
  );
}

/** The errors of the Science Data Center for a file that it does not serve. */
export function downloadError({ status, text, init }: ErrorResponse, key: string): SdcError | undefined {
  const message = messageOf(text);
  if (status === 404 && message !== WORDS.noRoute) {
    const advice = isIalirt(key)
      ? IALIRT
      : 'check the name (trouble with the storage looks the same, so try again if you are sure)';
    return new RemoteFileNotFound(`the archive holds no file ${key}; ${advice}`, { ...init, file: key });
  }
  if (status === 403 && message.includes(WORDS.unreleased)) {
    return new Forbidden(
      `${key} exists but is not released to the public; set apiKey (IMAP_API_KEY) or accessToken (IMAP_ACCESS_TOKEN). Quicklook, dependency and release files are never public`,
      init,
    );
  }
  return undefined;
}

/** The errors of the storage, an XML document each. */
export function storageError({ status, text, init }: ErrorResponse, key: string): SdcError | undefined {
  const message = messageOf(text);
  if (status === 404)
    return new RemoteFileNotFound(`the storage holds no file ${key} (${message})`, { ...init, file: key });
  // It is asked without any credential, so none of ours was refused.
  if (status === 401)
    return new UnexpectedResponse('the storage address asks for a login, so it is not a storage address', init);
  if (status === 403) {
    return new Forbidden(`the storage refuses the presigned address (${message}); it may have expired`, init);
  }
  return undefined;
}

/** The errors of the storage for a file that is sent to it. */
export function uploadError(failed: ErrorResponse, name: string, delivery: Delivery): SdcError | undefined {
  const { status, text, init } = failed;
  // Following it would be a read that succeeds and stores nothing.
  if (isRedirect(status)) {
    return new UnexpectedResponse(
      `the storage redirects the upload with ${status}, which does not allow sending the file elsewhere (only 307 and 308 do); nothing was stored, so send it again later`,
      init,
    );
  }
  if (status !== 503 || !text.includes(WORDS.busy)) return storageError(failed, name);
  delivery.latestNotTaken();
  return new PageNotAccessible('the storage is busy (503 SlowDown); send the file again later', {
    ...init,
    delivered: undefined,
    retryable: true,
  });
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

/** Whether an error comes from a server of the 2024 generation, which has one table only. */
export function isOldServer(error: unknown): boolean {
  return error instanceof RejectedError && WORDS.noTables.test(error.messages[0] ?? '');
}

export function isMissingLog(error: unknown): error is SdcError {
  return isSdcError(error, 'server') && WORDS.noLog.test(error.message);
}

/** Whether an error says that the id of a log belongs into a parameter. */
export function wantsLogId(error: unknown): boolean {
  return error instanceof RejectedError && error.messages.some((message) => message.includes(WORDS.wantsLogId));
}

/** What an error that explains another one starts from. */
export function restated(error: SdcError): SdcErrorInit {
  const { centre, operation, status, requestId, url, bodyExcerpt, attempts, retryable, delivered } = error;
  return { centre, operation, status, requestId, url, bodyExcerpt, attempts, retryable, delivered, cause: error };
}

/** The words of an error without the call that they begin with. */
export function wordsOf({ message, operation }: SdcError): string {
  return message.slice(`${operation}: `.length);
}
