import { parseConfigName, parseProcessingId } from '../names/ids.js';
import { mailedLinks } from '../routes.js';

/** What a mail of SCOPS says. */
export interface ScopsMail {
  /** `confirm`: wants the order confirmed; `status`: begun; `complete`: archives ready; `dem-error`: DEM too small. */
  readonly kind: 'confirm' | 'status' | 'complete' | 'dem-error';
  /** Of `confirm` mails. */
  readonly configName?: string;
  /** Of all the others. */
  readonly processingId?: string;
  /** The link; that of a DEM error is repaired, since the mail leaves out the `/processor` of the path. */
  readonly url: string;
}

const MAX_TEXT = 200_000;

/**
 * Reads one of the four mails of SCOPS: pasted text, a bare link, or a raw message.
 *
 * @param text - The mail.
 * @throws `TypeError` when it holds no link of SCOPS.
 * @example
 * ```ts
 * import { parseScopsMail } from '@lab/sdc/scops';
 *
 * const mail = parseScopsMail('https://scops.example/processor/status/GB13_08_2014_21720180307152902?&project=GB13_08');
 * console.log(mail.kind, mail.processingId);
 * ```
 */
export function parseScopsMail(text: string): ScopsMail {
  if (typeof text !== 'string') throw new TypeError('scops.parseScopsMail: text must be a string');
  for (const { kind, id, url } of mailedLinks(readable(text.slice(0, MAX_TEXT)))) {
    if (kind === 'confirm' && parseConfigName(id) !== undefined) return { kind, configName: id, url };
    if (kind !== 'confirm' && parseProcessingId(id) !== undefined) return { kind, processingId: id, url };
  }
  throw new TypeError(
    'scops.parseScopsMail: no link of SCOPS found (…/confirm/, /status/, /downloads/ or /dem_error/ with a name of an order); paste the whole mail',
  );
}

/** Decodes the quoted-printable and HTML encodings of links. */
function readable(text: string): string {
  const decoded = /quoted-printable/iu.test(text) ? text.replace(/=\r?\n/gu, '').replace(/=3D/giu, '=') : text;
  return decoded.replaceAll('&amp;', '&');
}
