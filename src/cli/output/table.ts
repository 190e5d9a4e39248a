import Table from 'cli-table3';
import { readableText, type Column } from './columns.js';

/** Rows in columns under a header and a rule, as wide as their longest cell. */
export function tableText<T>(columns: readonly Column<T>[], rows: readonly T[]): string {
  const head = columns.map(({ name, title = name }) => title);
  const cells = rows.map((row) => columns.map(({ value }) => readableText(value(row))));
  const table = new Table({ chars: PLAIN, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } });
  table.push(head, ...cells);
  const lines = table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
  const widths = head.map((title, at) => Math.max(title.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return `${[lines[0] ?? '', rule, ...lines.slice(1)].join('\n')}\n`;
}

const PLAIN = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
