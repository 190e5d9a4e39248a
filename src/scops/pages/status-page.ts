import type { HtmlNode } from '../../core/html/page.js';
import { inputValue, missing, type ReadPage } from './read-page.js';

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

/** What the re-upload page gives as the reason; the same words for every id (protocol notes, section 3). */
export function readDemReason(read: ReadPage, processingId: string): string {
  const { page } = read;
  if (inputValue(page, 'proj') !== processingId) throw missing(read, 'input[name="proj"] with the processing id');
  const heading = page.all('h2').find((one) => /issue details/iu.test(one.text));
  const reason = heading?.parent?.all('p').find((one) => one.text !== '')?.text;
  return reason ?? page.all('p').find((one) => /dem/iu.test(one.text))?.text ?? '';
}
