import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { AnswerHead } from '../../core/http/call.js';
import { messageOf } from '../answers.js';

/**
 * What the Science Data Center says of an order that it took.
 *
 * @throws {@link UnexpectedResponse} for a page or for nothing, which are no words of it: whether it took the order is unknown.
 */
export function saidOf({ text, answer }: { text: string; answer: AnswerHead }, init: SdcErrorInit): string {
  const isPage = /html/iu.test(answer.contentType ?? '') || text.trimStart().startsWith('<');
  const said = isPage ? '' : messageOf(text);
  if (said !== '') return said;
  const what = isPage ? 'a page' : 'empty';
  throw new UnexpectedResponse(
    `the answer is ${what}, so it is unknown whether the order was taken; look before you send it again`,
    { ...init, status: answer.status },
  );
}
