import { inputValue, missing, type ReadPage } from './read-page.js';

/** What the re-upload page gives as the reason; the same words for every id (protocol notes, section 3). */
export function readDemReason(read: ReadPage, processingId: string): string {
  const { page } = read;
  if (inputValue(page, 'proj') !== processingId) throw missing(read, 'input[name="proj"] with the processing id');
  const heading = page.all('h2').find((one) => /issue details/iu.test(one.text));
  const reason = heading?.parent?.all('p').find((one) => one.text !== '')?.text;
  return reason ?? page.all('p').find((one) => /dem/iu.test(one.text))?.text ?? '';
}
