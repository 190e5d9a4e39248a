import { parseJson } from '../../core/util/json.js';
import { Forbidden, RemoteFileNotFound, UnexpectedResponse } from '../../errors.js';
import type { HttpRequest } from '../../core/http/request.js';
import type { HttpResponse } from '../../core/http/response.js';
import { isRedirect, MAX_REDIRECTS } from '../../core/http/layers/redirect.js';
import type { ImapOperation } from '../context.js';
import { downloadError, storageError } from '../errors.js';
import { downloadRoute, placesOf } from '../routes.js';

/**
 * Opens a file: asks the Science Data Center, which answers with a presigned address of its storage, and asks there,
 * without any credential, since the address holds its own and the storage refuses two. An address that was refused is
 * replaced by a fresh one, once.
 */
export async function openPresigned(op: ImapOperation, key: string, call: HttpRequest): Promise<HttpResponse> {
  const [first, ...others] = placesOf(key, op.context.server.generation);
  try {
    return await openAt(op, first, call);
  } catch (error) {
    if (!(error instanceof RemoteFileNotFound)) throw error;
    for (const other of others) {
      try {
        return await openAt(op, other, call);
      } catch (another) {
        if (!(another instanceof RemoteFileNotFound)) throw another;
      }
    }
    throw error;
  }
}

async function openAt(op: ImapOperation, key: string, request: HttpRequest): Promise<HttpResponse> {
  const call = { ...request, url: downloadRoute(key) };
  for (let refused = 0; ; refused += 1) {
    const { answer: first, location: url } = await openOwn(op, {
      ...call,
      accept: (status) => isRedirect(status) || isAccepted(call, status),
      mapError: (failed) => downloadError(failed, key),
    });
    if (url === undefined) return first;
    try {
      return await op.http.open({
        ...call,
        url,
        anonymous: true,
        mapError: (failed) => storageError(failed, key),
      });
    } catch (error) {
      if (refused > 0 || !(error instanceof Forbidden)) throw error;
      op.log.debug(`${op.name}: the presigned address was refused, asking for a fresh one`);
    }
  }
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
  let next: HttpRequest = { ...call, redirect: 'manual' };
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await op.http.open(next);
    if (!isRedirect(answer.status)) return { answer };
    const location = await locationOf(op, answer);
    const url = new URL(location);
    if (url.origin !== op.http.baseUrl.origin || isPresigned(url)) return { answer, location };
    // The query went with the first address; the redirect names its own.
    next = { ...next, url, query: [] };
  }
  throw new UnexpectedResponse(`more than ${MAX_REDIRECTS} redirects`, op.init(call));
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

/** The same address stands in the body, for clients that do not see the header. */
async function addressIn(answer: HttpResponse): Promise<unknown> {
  try {
    const body = parseJson(await answer.text());
    return typeof body === 'object' && body !== null && 'download_url' in body ? body.download_url : undefined;
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
    throw new UnexpectedResponse('the Science Data Center should answer with an address of its storage', init);
  }
  const url = new URL(address, base);
  const leaves = url.protocol === 'http:' && op.http.baseUrl.protocol === 'https:';
  if (leaves || !/^https?:$/u.test(url.protocol)) {
    throw new UnexpectedResponse(`the address of the storage must not lead to ${url.protocol}`, init);
  }
  return url.href;
}
