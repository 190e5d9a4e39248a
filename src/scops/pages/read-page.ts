import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import { type HtmlNode, parsePage } from '../../core/html/page.js';
import type { ResponseHead } from '../../core/http/response.js';
import { safeExcerpt } from '../../core/http/errors.js';
import type { OwnRequest } from '../../core/operation/operation.js';
import type { ScopsOperation } from '../context.js';

/** A page that was read, and what an error about it starts from. */
export interface ReadPage {
  readonly page: HtmlNode;
  readonly init: SdcErrorInit;
  /** Its name for messages: `the request page`. */
  readonly what: string;
}

/** The error for a part that a page must have and lacks. */
export function missing({ page, init, what }: ReadPage, selector: string): UnexpectedResponse {
  const heading = headingOf(page);
  const says = heading === '' ? '' : ` (its heading: ${heading.slice(0, 80)})`;
  return new UnexpectedResponse(`${what} lacks ${selector}${says}; is baseUrl the SCOPS site?`, init);
}

/** The page's first heading; empty where there is none. */
export function headingOf(page: HtmlNode): string {
  return page.first('h1')?.text ?? '';
}

/** The value of the input of this name: pages repeat ids, and are not well formed, so only names count (pitfall 25). */
export function inputValue(page: HtmlNode, name: string): string | undefined {
  return page
    .all('input')
    .find((input) => input.attr('name') === name)
    ?.attr('value');
}

/** A page that was fetched, with the head of its answer. */
export interface FetchedPage extends ReadPage {
  readonly answer: ResponseHead;
}

export async function fetchPage(op: ScopsOperation, request: OwnRequest, what: string): Promise<FetchedPage> {
  const { text, answer } = await op.text(request);
  const init = { ...op.initAt(answer), bodyExcerpt: safeExcerpt(text, op.redactor) };
  return { page: await parsePage(text), what, answer, init };
}
