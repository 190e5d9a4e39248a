import type { HtmlNode } from '../../core/html/page.js';
import { parseIso } from '../../core/util/dates.js';
import { STATUSES } from '../centre.js';
import type { ProductStatus } from '../types.js';
import type { ChangelistRow } from './changelist.js';

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
