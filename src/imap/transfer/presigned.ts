import { parseJson } from '../../core/util/json.js';
import { Forbidden, RemoteFileNotFound, UnexpectedResponse } from '../../errors.js';
import type { HttpRequest } from '../../core/http/request.js';
import type { HttpResponse } from '../../core/http/response.js';
import { isRedirect } from '../../core/http/layers/redirect.js';
import type { ImapOperation } from '../context.js';
import { downloadError, storageError } from '../errors.js';
import { downloadRoute, placesOf } from '../routes.js';
import { fieldOf } from '../../core/util/records.js';

/**
 * Opens a file: asks the Science Data Center, which answers with a presigned address of its storage, and asks there,
 * without any credential, since the address holds its own and the storage refuses two. An address that was refused is
 * replaced by a fresh one, once.
 */
export async function openPresigned(
  op: ImapOperation,
  key: string,
  call: HttpRequest,
  onAddress?: OnAddress,
): Promise<HttpResponse> {
  const [first, ...others] = placesOf(key, op.context.server.generation);
  try {
    return await openAt(op, first, call, onAddress);
  } catch (error) {
    if (!(error instanceof RemoteFileNotFound)) throw error;
    for (const other of others) {
      try {
        return await openAt(op, other, call, onAddress);
      } catch (another) {
        if (!(another instanceof RemoteFileNotFound)) throw another;
      }
    }
    throw error;
  }
}

/** Called with the address that the storage has accepted, and the key that it is for. */
type OnAddress = (address: Presigned) => void;

interface Presigned {
  readonly url: string;
  readonly key: string;
}

/**
 * Opens ranges of one file. The address that the first of them came from serves the others as long as the storage accepts it; the
 * Science Data Center is asked for a fresh one where it does not.
 */
export function presignedRanges(op: ImapOperation, key: string): (call: HttpRequest) => Promise<HttpResponse> {
  let known: Presigned | undefined;
  return async (call) => {
    for (let address = known; address !== undefined; address = known) {
      try {
        return await openStorage(op, address, call);
      } catch (error) {
        if (!(error instanceof Forbidden)) throw error;
        // Another range may have a fresh one by now.
        if (known === address) known = undefined;
      }
    }
    return openPresigned(op, key, call, (address) => {
      known = address;
    });
  };
}

async function openAt(
  op: ImapOperation,
  key: string,
  request: HttpRequest,
  onAddress?: OnAddress,
): Promise<HttpResponse> {
  const call = { ...request, url: downloadRoute(key) };
  for (let refused = 0; ; refused += 1) {
    const { answer: first, location: url } = await openOwn(op, {
      ...call,
      accept: (status) => isRedirect(status) || isAccepted(call, status),
      mapError: (failed) => downloadError(failed, key),
    });
    if (url === undefined) return first;
    try {
      const answer = await openStorage(op, { url, key }, call);
      onAddress?.({ url, key });
      return answer;
    } catch (error) {
      if (refused > 0 || !(error instanceof Forbidden)) throw error;
      op.say('debug', 'the presigned address was refused; requesting a new one');
    }
  }
}

function openStorage(op: ImapOperation, { url, key }: Presigned, call: HttpRequest): Promise<HttpResponse> {
  return op.http.open({ ...call, url, anonymous: true, mapError: (failed) => storageError(failed, key) });
}

/**
 * Asks the Science Data Center. A redirect to another route of its own is followed with the client's credentials.
 *
 * @returns the answer, with the address of the storage where it leads there.
 */
export async function openOwn(
  op: ImapOperation,
  call: HttpRequest,
): Promise<{ readonly answer: HttpResponse; readonly location?: string }> {
  const { origin } = op.http.baseUrl;
  const answer = await op.http.open({
    ...call,
    redirect: (from, location) => {
      const url = new URL(checkedAddress(op, location, from.href));
      return url.origin !== origin || isPresigned(url) ? undefined : url;
    },
  });
  return isRedirect(answer.status) ? { answer, location: await locationOf(op, answer) } : { answer };
}

/** Whether an address of the storage holds its own credential (AWS Signature, version 4 or 2). */
function isPresigned({ searchParams }: URL): boolean {
  return searchParams.has('X-Amz-Signature') || searchParams.has('Signature');
}

function isAccepted(call: HttpRequest, status: number): boolean {
  return call.accept === undefined ? status >= 200 && status < 300 : call.accept(status);
}

async function locationOf(op: ImapOperation, answer: HttpResponse): Promise<string> {
  const location = answer.headers.get('location') ?? (await addressIn(answer));
  await answer.discard();
  return checkedAddress(op, location, answer.url);
}

/** The same address is in the body, for clients that do not see the header. */
async function addressIn(answer: HttpResponse): Promise<unknown> {
  try {
    return fieldOf(parseJson(await answer.text()), 'download_url');
  } catch {
    return undefined;
  }
}

/**
 * An address of the storage, as it may be used.
 *
 * @throws {@link UnexpectedResponse} when it is not an address, or would leave HTTPS.
 */
export function checkedAddress(op: ImapOperation, address: unknown, base: string | undefined): string {
  const init = op.init();
  if (typeof address !== 'string' || !URL.canParse(address, base)) {
    throw new UnexpectedResponse('the Science Data Center did not answer with a storage address', init);
  }
  const url = new URL(address, base);
  const leaves = url.protocol === 'http:' && op.http.baseUrl.protocol === 'https:';
  if (leaves || !/^https?:$/u.test(url.protocol)) {
    throw new UnexpectedResponse(`the storage address must not use ${url.protocol}`, init);
  }
  return url.href;
}
