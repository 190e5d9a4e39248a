import { RejectedError, UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import { createPager, type LoadedPage } from '../../core/paging/pager.js';
import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { readChangelist, type Changelist, type ChangelistRow } from '../pages/changelist.js';

/** A search in one of the admin's lists. */
export interface ChangelistQuery<T> {
  readonly path: string;
  readonly filters: readonly (readonly [name: string, value: string])[];
  /** Reads a row; `undefined` with a warning for one that cannot be read at all. */
  readonly read: (row: ChangelistRow, warn: (warning: string) => void) => T | undefined;
  /** The row's moment, to prove that the filter was applied. */
  readonly moment: (item: T) => Date | undefined;
  readonly from: Date;
  readonly to: Date;
}

interface Cursor {
  readonly url: URL;
  /** Rows of the pages before; `undefined` after a jump over some of them. */
  readonly rowsBefore: number | undefined;
}

const MINUTE_MS = 60_000;

/** Lists what a search finds, page by page, by the links of the pages themselves. */
export function listChangelist<T>(op: SccOperation, query: ChangelistQuery<T>): Pager<T> {
  const init = op.init({ url: query.path });
  return createPager<T, Cursor>((cursor, calls) => load(op.with(calls), query, cursor), op.callOptions, init);
}

async function load<T>(
  op: SccOperation,
  query: ChangelistQuery<T>,
  cursor: Cursor | undefined,
): Promise<LoadedPage<T, Cursor>> {
  const site = op.context;
  const request = { url: cursor?.url ?? query.path, ...(cursor === undefined && { query: query.filters }) };
  const page = await site.page(op, request);
  if (page.status !== 200) throw site.refusal(op, request, page);
  const init = op.initAt(page);
  checkFilters(page.url, query, init);
  const list = await readChangelist(page.text, page.url, init);
  const warnings: string[] = [];
  const items = list.rows.flatMap((row, index) => {
    const warn = (warning: string): void => {
      warnings.push(`row ${index + 1} of page ${list.page}: ${site.clean(warning)}`);
    };
    const item = query.read(row, warn);
    return item === undefined ? [] : [item];
  });
  for (const item of items) checkRange(query, item, init);
  const { rowsBefore } = cursor ?? { rowsBefore: 0 };
  const rowsSoFar = rowsBefore === undefined ? undefined : rowsBefore + list.rows.length;
  const next = nextPage(list, page.url, rowsSoFar, init);
  if (next === undefined && rowsSoFar !== undefined && list.matchCount !== undefined && rowsSoFar < list.matchCount) {
    const words = `the SCC announced ${list.matchCount} rows, its pages showed ${rowsSoFar}`;
    // Rows may go while pages are turned; a single page that hides some has links that are not known here.
    if (cursor === undefined)
      throw new UnexpectedResponse(`${words}: nav.grp-pagination has no link that is known`, init);
    warnings.push(words);
  }
  for (const warning of warnings) op.warn(warning);
  return {
    items,
    page: list.page,
    pageCount: list.pageCount,
    totalCount: list.totalCount,
    warnings,
    identity: String(list.page),
    next,
    jump: (number) => {
      const url = list.link(number);
      return url === undefined ? undefined : { url: ownLink(url, page.url, init), rowsBefore: undefined };
    },
  };
}

function nextPage(
  list: Changelist,
  pageUrl: string,
  rowsBefore: number | undefined,
  init: SdcErrorInit,
): Cursor | undefined {
  const url = list.link(list.page + 1);
  if (url !== undefined) return { url: ownLink(url, pageUrl, init), rowsBefore };
  if (list.page < list.pageCount)
    throw new UnexpectedResponse(
      `page ${list.page} of ${list.pageCount} has no link to the next one (nav.grp-pagination a)`,
      init,
    );
  return undefined;
}

/** A page link must stay on the page's own address; anything else is no page link. */
function ownLink(url: URL, pageUrl: string, init: SdcErrorInit): URL {
  const page = new URL(pageUrl);
  if (url.origin !== page.origin || url.pathname !== page.pathname)
    throw new UnexpectedResponse('a page link of the list leads elsewhere', init);
  return url;
}

/** Django answers an unknown filter or page with a redirect to `?e=1`, which shows everybody's rows. */
function checkFilters<T>(pageUrl: string, query: ChangelistQuery<T>, init: SdcErrorInit): void {
  const shown = new URL(pageUrl).searchParams;
  if (shown.has('e'))
    throw new RejectedError('the SCC does not accept this search (it redirected to ?e=1, the unfiltered list)', {
      ...init,
      messages: ['?e=1'],
    });
  for (const [name, value] of query.filters) {
    if (shown.get(name) !== value)
      throw new UnexpectedResponse(
        `the SCC dropped the filter ${name} on the way; its list would be that of everybody`,
        init,
      );
  }
}

function checkRange<T>(query: ChangelistQuery<T>, item: T, init: SdcErrorInit): void {
  const moment = query.moment(item);
  if (moment === undefined) return;
  const ms = moment.getTime();
  if (ms <= query.from.getTime() - MINUTE_MS || ms >= query.to.getTime() + MINUTE_MS) {
    throw new UnexpectedResponse(
      `the list holds rows outside the asked range (${moment.toISOString()}): the filter was not applied`,
      init,
    );
  }
}
