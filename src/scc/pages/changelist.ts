import { parsePage, type HtmlNode } from '../../core/html/page.js';
import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import { parseIso } from '../../core/util/dates.js';
import { STATUSES } from '../centre.js';
import type { ProductStatus } from '../types.js';

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

export interface Changelist {
  readonly rows: ChangelistRow[];
  readonly page: number;
  readonly pageCount: number;
  /** Rows on all pages: those that match the filters, or where that is not shown, all rows. */
  readonly totalCount: number | undefined;
  /** Rows that match the filters, where that is shown. */
  readonly matchCount: number | undefined;
  /** Address of another page, from the page's own links: computing `p` fails, its base changed with Django 3.2. */
  readonly link: (page: number) => URL | undefined;
}

/**
 * Reads a changelist.
 *
 * @throws {@link UnexpectedResponse} when the page has no pagination and so is not a changelist.
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

/** `tr.grp-row` of the table: there is a `div.grp-row` elsewhere on the page. */
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

/** The text of a cell; Django shows `-` for nothing. */
export function cellText(row: ChangelistRow, name: string): string | undefined {
  const text = row.cells.get(name)?.text;
  return text === undefined || text === '' || text === '-' ? undefined : text;
}

/** A moment `YYYY-MM-DD HH:MM`, taken as UTC. */
export function cellDate(row: ChangelistRow, name: string): Date | undefined {
  const text = cellText(row, name);
  return text === undefined ? undefined : parseIso(text);
}

/** A number in plain or exponent form. */
export function cellNumber(row: ChangelistRow, name: string): number | undefined {
  const text = cellText(row, name);
  if (text === undefined || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu.test(text)) return undefined;
  return Number(text);
}

/** State of a module from its icon. */
export function cellStatus(cell: HtmlNode | undefined): ProductStatus {
  const text = iconText(cell) ?? '';
  return STATUSES.find(({ icons }) => icons.includes(text))?.status ?? 'unknown';
}

/** A yes or no from its icon; `undefined` for Django's `None` and anything else. */
export function cellFlag(cell: HtmlNode | undefined): boolean | undefined {
  const text = iconText(cell);
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

function iconText(cell: HtmlNode | undefined): string | undefined {
  // the icon is the cell's own child; a selector for each of a page's thousand cells would cost more than the page
  const icon = cell?.child('img') ?? cell?.children[0]?.first('img');
  return (icon === undefined ? cell?.text : icon.attr('alt'))?.trim().toLowerCase();
}
