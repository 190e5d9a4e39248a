import type { HtmlNode } from '../../core/html/page.js';

const TABLE = 'table#process_details_table';

/** The request details of a status page, by row; `undefined` where the page has no such table. */
export function readDetails(page: HtmlNode): Record<string, string> | undefined {
  const table = page.first(TABLE);
  if (table === undefined) return undefined;
  const rows = table.all('tr').flatMap((row): [string, string][] => {
    const [name, value] = row.all('td');
    return name === undefined || name.text === '' ? [] : [[name.text.toLowerCase(), value?.text ?? '']];
  });
  return Object.fromEntries(rows);
}
