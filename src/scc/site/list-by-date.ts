import { RejectedError, UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import { createPager, type LoadedPage } from '../../core/paging/pager.js';
import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { requireStation } from '../names/ids.js';
import { readChangelist, type Changelist, type ChangelistRow } from '../pages/changelist.js';
import type { DateQuery } from '../types.js';
import { getExistingPage } from './get-page.js';

export interface DatedList<T> {
  readonly path: string;
  /** The field that is searched by date, and that by station. */
  readonly dateField: string;
  readonly stationField: string;
  /** Reads a row; `undefined` with a warning for one that cannot be read at all. */
  readonly read: (row: ChangelistRow, warn: (warning: string) => void) => T | undefined;
  /** The row's moment, to prove that the filter was applied. */
  readonly moment: (item: T) => Date | undefined;
}

/** A search in a list, checked. */
interface Search<T> extends DatedList<T> {
  readonly from: Date;
  readonly to: Date;
  readonly filters: readonly (readonly [name: string, value: string])[];
}

interface Cursor {
  readonly url: URL;
  /** Rows of the pages before; `undefined` after a jump over some of them. */
  readonly rowsBefore: number | undefined;
}

const MINUTE_MS = 60_000;

/** Lists what a search finds, page by page, by the links of the pages themselves. The search is checked before any request. */
export function listByDate<T>(op: SccOperation, query: DateQuery, list: DatedList<T>): Pager<T> {
  const { arguments: args } = op;
  const from = args.date(query.dateStart, 'dateStart');
  const to = args.date(query.dateEnd, 'dateEnd');
  if (to <= from) throw args.outOfRange('dateEnd (exclusive) must be after dateStart');
  const filters: [string, string][] = [
    [`${list.dateField}__gte`, adminDate(from)],
    [`${list.dateField}__lt`, adminDate(to)],
  ];
  if (query.station !== undefined) filters.push([list.stationField, requireStation(args, query.station)]);
  const search = { ...list, from, to, filters };
  return createPager(
    op,
    (own, cursor: Cursor | undefined) => load(own, search, cursor),
    op.init({ url: list.path }),
  );
}

function adminDate(date: Date): string {
  return date.toISOString().slice(0, 19).replace('T', ' ');
}

async function load<T>(
  op: SccOperation,
  search: Search<T>,
  cursor: Cursor | undefined,
): Promise<LoadedPage<T, Cursor>> {
  const request = cursor === undefined ? { url: search.path, query: search.filters } : { url: cursor.url };
  const page = await getExistingPage(op, request);
  const init = op.initAt(page);
  checkFilters(page.url, search, init);
  const list = await readChangelist(page.text, page.url, init);
  const warnings: string[] = [];
  const items = list.rows.flatMap((row, index) => {
    const warn = (warning: string): void => {
      warnings.push(`row ${index + 1} of page ${list.page}: ${op.redactor.page(warning)}`);
    };
    const item = search.read(row, warn);
    return item === undefined ? [] : [item];
  });
  for (const item of items) checkRange(search, item, init);
  const { rowsBefore } = cursor ?? { rowsBefore: 0 };
  const rowsSoFar = rowsBefore === undefined ? undefined : rowsBefore + list.rows.length;
  const next = nextPage(list, page.url, rowsSoFar, init);
  if (next === undefined && rowsSoFar !== undefined && list.matchCount !== undefined && rowsSoFar < list.matchCount) {
    const words = `the SCC announced ${list.matchCount} rows, but its pages showed ${rowsSoFar}`;
    // Rows may go while pages are turned; a single page that hides some has links that are not known here.
    if (cursor === undefined)
      throw new UnexpectedResponse(`${words}: nav.grp-pagination has no known link`, init);
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

/** A page link must stay on the page's own address; anything else is not a page link. */
function ownLink(url: URL, pageUrl: string, init: SdcErrorInit): URL {
  const page = new URL(pageUrl);
  if (url.origin !== page.origin || url.pathname !== page.pathname)
    throw new UnexpectedResponse('a page link of the list leads elsewhere', init);
  return url;
}

/** Django answers an unknown filter or page with a redirect to `?e=1`, which shows everybody's rows. */
function checkFilters<T>(pageUrl: string, search: Search<T>, init: SdcErrorInit): void {
  const shown = new URL(pageUrl).searchParams;
  if (shown.has('e'))
    throw new RejectedError('the SCC does not accept this search (it redirected to ?e=1, the unfiltered list)', {
      ...init,
      messages: ['?e=1'],
    });
  for (const [name, value] of search.filters) {
    if (shown.get(name) !== value)
      throw new UnexpectedResponse(
        `the SCC dropped the filter ${name}; its list would show the measurements of all stations`,
        init,
      );
  }
}

function checkRange<T>(search: Search<T>, item: T, init: SdcErrorInit): void {
  const moment = search.moment(item);
  if (moment === undefined) return;
  const ms = moment.getTime();
  if (ms <= search.from.getTime() - MINUTE_MS || ms >= search.to.getTime() + MINUTE_MS) {
    throw new UnexpectedResponse(
      `the list holds rows outside the requested range (${moment.toISOString()}): the filter was not applied`,
      init,
    );
  }
}
