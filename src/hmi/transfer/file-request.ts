import { UnexpectedResponse, type SdcError } from '../../errors.js';
import type { Answer, AnswerHead, Call } from '../../core/http/call.js';
import { nameFromDisposition, safeFileName } from '../../core/transfer/file-name.js';
import type { TransferRequest } from '../../core/transfer/types.js';
import { withinLinks, type HmiOperation } from '../context.js';
import { resolveLink } from '../links/resolve-link.js';
import { mapFileProblem } from '../errors.js';
import { linkParts } from '../decode/link-parts.js';
import type { Claims } from '../names/reserved-names.js';
import { fitsFile } from '../fits/check.js';

/** One file to fetch, before its link was judged. */
export interface FileOrder<S> {
  readonly source: S;
  readonly link: string;
  /** Record and segment, for messages. */
  readonly title?: string;
  /** Name that no other file has. */
  readonly uniqueName: string;
  readonly timeoutMs: number | undefined;
}

/** What core needs to fetch a file: the call under the rules for links, and what a right body looks like. */
export type FileCall<S> = Pick<TransferRequest<S>, 'operation' | 'source' | 'call' | 'check'> &
  Required<Pick<TransferRequest<S>, 'open'>>;

/** A call for a file. A link that must not be followed fails as this file's own error, not as that of the batch. */
export function fileCall<S>(op: HmiOperation, order: FileOrder<S>): FileCall<S> {
  const { source, link, timeoutMs } = order;
  const { links, rateLimiter } = op.context;
  const resolved = resolveLink(link, links);
  const file = linkParts(link).lastPart || link;
  const call = op.request({
    url: 'url' in resolved ? resolved.url : op.http.baseUrl,
    bulk: true,
    mapError: mapFileProblem(file, order.title),
    timeoutMs,
  });
  const open = async (sent: Call): Promise<Answer> => {
    if ('refused' in resolved) throw refusedLink(op, link, resolved.refused);
    await rateLimiter.turn(sent.signal);
    return op.http.open(withinLinks(op, sent));
  };
  return { operation: op.name, source, call, check: fitsFile, open };
}

/** A request that fails with the given error as soon as its turn comes. */
export function failingCall<S>(op: HmiOperation, order: FileOrder<S>, error: SdcError): FileCall<S> {
  return { ...fileCall(op, order), open: () => Promise.reject(error) };
}

/**
 * Names a file as the server does: the base name of its `Content-Disposition`, else the last part of the link, made
 * safe. Generations 3 and 4 call a segment alike in every record (`magnetogram.fits`); from the second one on in the
 * same call, the unique name is taken, lest one record's file pass for another's.
 */
export function serverName(order: FileOrder<unknown>, claims: Claims): (head: AnswerHead) => string {
  return (head) => {
    const given = nameFromDisposition(head.headers.get('content-disposition')) ?? linkParts(order.link).lastPart;
    const name = safeFileName(unhidden(given), order.uniqueName);
    return claims.claim(name, order.link) === 'taken' ? order.uniqueName : name;
  };
}

/** The base name without what would hide it, or its true ending, from a reader: leading dots and text direction marks. */
function unhidden(name: string): string {
  const base = name.split(/[/\\]/u).at(-1) ?? '';
  return base.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').replace(/^[.\s]+/u, '');
}

function refusedLink(op: HmiOperation, link: string, why: string): SdcError {
  const shown = op.redactor.url(link).slice(0, 200);
  return new UnexpectedResponse(`the link ${JSON.stringify(shown)} is not followed: ${why}`, op.init());
}
