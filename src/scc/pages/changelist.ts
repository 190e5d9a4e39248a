import { parsePage, type HtmlNode } from '../../core/html/page.js';
import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';

/** What a Django admin changelist with the grappelli skin is read by. */
const SELECTORS = {
  nav: 'nav.grp-pagination',
  table: 'table#result_list',
  row: 'grp-row',
  link: 'a',
  current: 'span.this-page, a[aria-current=page]',
  last: 'a.end',
  results: 'li.grp-results',
} as const;

/** One row: its cells by the name in their `field-…` class. */
export interface ChangelistRow {
  readonly cells: ReadonlyMap<string, HtmlNode>;
  /** Value of the row's check box. */
  readonly key: string | undefined;
}

/** A page of a changelist. */
export interface Changelist {
  readonly rows: ChangelistRow[];
  readonly page: number;
  readonly pageCount: number;
  /** Rows on all pages: those that match the filters, or where that is not said all that there are. */
  readonly totalCount: number | undefined;
  /** Rows that match the filters, where that is said. */
  readonly matchCount: number | undefined;
  /** Address of another page, from the page's own links: computing `p` fails, its base changed with Django 3.2. */
  readonly link: (page: number) => URL | undefined;
}

/**
 * Reads a changelist.
 *
 * @throws {@link UnexpectedResponse} when the page has no pagination and so is no changelist.
 */
export async function readChangelist(text: string, url: string, init: SdcErrorInit): Promise<Changelist> {
  const page = await parsePage(text);
  const nav = page.first(SELECTORS.nav);
  if (nav === undefined)
    throw new UnexpectedResponse(`the page has no ${SELECTORS.nav}: it is not a list of the SCC’s admin`, init);
  const links = new Map<number, URL>();
  for (const anchor of nav.all(SELECTORS.link)) {
    const href = anchor.attr('href');
    const number = pageNumber(anchor.text);
    if (href !== undefined && number !== undefined && URL.canParse(href, url)) links.set(number, new URL(href, url));
  }
  const current = pageNumber(nav.first(SELECTORS.current)?.text) ?? 1;
  const last = pageNumber(nav.first(SELECTORS.last)?.text);
  const counts = countsOf(nav);
  return {
    rows: rowsOf(page.first(SELECTORS.table)),
    page: current,
    pageCount: last ?? Math.max(current, ...links.keys()),
    totalCount: counts.any,
    matchCount: counts.matching,
    link: (wanted) => links.get(wanted),
  };
}

/** `tr.grp-row` of the table: a `div.grp-row` stands elsewhere on the page. */
function rowsOf(table: HtmlNode | undefined): ChangelistRow[] {
  const parts = table?.children ?? [];
  const rows = parts.flatMap((part) => (part.tag === 'tr' ? [part] : part.children));
  return rows.filter((row) => row.tag === 'tr' && row.hasClass(SELECTORS.row)).map(readRow);
}

function readRow(row: HtmlNode): ChangelistRow {
  const cells = new Map<string, HtmlNode>();
  let key: string | undefined;
  for (const cell of row.children) {
    const token = cell.classWith('field-');
    if (token !== undefined) cells.set(token.slice('field-'.length), cell);
    else key ??= cell.children.find((child) => child.attr('name') === '_selected_action')?.attr('value');
  }
  return { cells, key };
}

function pageNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/u.test(text) ? Number(text) : undefined;
}

/** `N results` of the filter, and `M total`, each where it is shown. */
function countsOf(nav: HtmlNode): { readonly matching: number | undefined; readonly any: number | undefined } {
  const counts = nav.all(SELECTORS.results).flatMap((item) => {
    const [, number, word = ''] = /^([\d.,\s]+?)\s*(\p{L}+)/u.exec(item.text) ?? [];
    const digits = number?.replace(/\D/gu, '') ?? '';
    return digits === '' ? [] : [{ count: Number(digits), word }];
  });
  const matching = counts.find(({ word }) => word.startsWith('result'))?.count;
  return { matching, any: matching ?? counts[0]?.count };
}
