import { UnexpectedResponse, type SdcError } from '../../errors.js';
import type { HttpRequest } from '../../core/http/request.js';
import type { HttpResponse } from '../../core/http/response.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import type { HmiOperation } from '../context.js';
import { linkParts } from '../decode/link-parts.js';
import { mapFileProblem } from '../errors.js';
import { fitsFile } from '../fits/check.js';
import { resolveLink, withinLinks } from '../links/resolve-link.js';
import { toPath } from '../../core/files/paths.js';
import type { Arguments } from '../../core/operation/arguments.js';
import { isUrl } from '../../core/util/realms.js';

/** One file to fetch, before its link was judged. */
export interface FileOrder<S> {
  readonly source: S;
  readonly link: string;
  /** Record and segment, for messages. */
  readonly title?: string;
  /** Name that no other file has. */
  readonly uniqueName: string;
}

/** What core needs to fetch a file: the request under the rules for links, and what a valid body looks like. */
export type FileRequest<S> = Pick<TransferRequest<S>, 'source' | 'call' | 'check'> &
  Required<Pick<TransferRequest<S>, 'open'>>;

/** A request for a file. A link that must not be followed fails as this file's own error, not as that of the batch. */
export function fileRequest<S>(op: HmiOperation, { source, link, title }: FileOrder<S>): FileRequest<S> {
  const { links, rateLimiter } = op.context;
  const resolved = resolveLink(link, links);
  const file = linkParts(link).lastPart || link;
  const call = {
    url: 'url' in resolved ? resolved.url : op.http.baseUrl,
    bulk: true,
    mapError: mapFileProblem(file, title),
  };
  const open = async (sent: HttpRequest): Promise<HttpResponse> => {
    if ('refused' in resolved) throw refusedLink(op, link, resolved.refused);
    await rateLimiter.turn(sent.signal);
    return op.http.open(withinLinks(op, sent));
  };
  return { source, call, check: fitsFile, open };
}

/** A request that fails with the given error as soon as its turn comes. */
export function failingRequest<S>(op: HmiOperation, order: FileOrder<S>, error: SdcError): FileRequest<S> {
  return { ...fileRequest(op, order), open: () => Promise.reject(error) };
}

function refusedLink(op: HmiOperation, link: string, why: string): SdcError {
  const shown = op.redactor.url(link).slice(0, 200);
  return new UnexpectedResponse(`the link ${JSON.stringify(shown)} is not followed: ${why}`, op.init());
}

/**
 * The folder that files go to.
 *
 * @throws `TypeError` for one that is neither a path nor a `file:` URL.
 */
export function targetFolder(args: Arguments, directory: string | URL): string {
  if (!isUrl(directory)) args.text(directory, 'directory');
  return toPath(directory, args.label('directory'));
}
