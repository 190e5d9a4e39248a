import { UnexpectedResponse } from '../../errors.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import { messageOf } from '../errors.js';
import type { ImapOperation } from '../context.js';

/**
 * Sends an order; resolves to the answer of the Science Data Center.
 *
 * @throws {@link UnexpectedResponse} for a page or an empty answer: whether it took the order is unknown.
 */
export async function sendOrder(op: ImapOperation, request: OwnRequest): Promise<string> {
  const { text, answer } = await op.text(request);
  const isPage = /html/iu.test(answer.contentType ?? '') || text.trimStart().startsWith('<');
  const words = isPage ? '' : messageOf(text);
  if (words !== '') return words;
  const what = isPage ? 'a page' : 'empty';
  throw new UnexpectedResponse(
    `the answer is ${what}, so it is unknown whether the order was accepted; check before you send it again`,
    { ...op.init(request), status: answer.status },
  );
}
