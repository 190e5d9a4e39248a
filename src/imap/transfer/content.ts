import type { ResponseHead } from '../../core/http/response.js';
import type { EndJudge } from '../../core/transfer/body/ends/end-judge.js';
import { jsonEnd } from '../../core/transfer/body/ends/json.js';
import { packetsEnd } from '../../core/transfer/body/ends/packets.js';
import { isEncoded } from '../../core/transfer/body/range.js';
import type { ContentCheck, ExpectedFile } from '../../core/transfer/types.js';

/** First bytes of the formats that have some: CDF 3 (plain and compressed) and 2.6, PNG, JPEG, PDF, zip (and xlsx), PGM. */
const SIGNATURES: Readonly<Record<string, readonly string[]>> = {
  cdf: ['cdf30001', 'cdf26002', '0000ffff'],
  png: ['89504e470d0a1a0a'],
  jpg: ['ffd8ff'],
  pdf: ['25504446'],
  zip: ['504b0304', '504b0506'],
  xlsx: ['504b0304'],
  pgm: ['5032', '5035'],
};

/** Formats without first bytes of their own whose end can be recognized all the same. */
const ENDS: Readonly<Record<string, EndJudge>> = { pkts: packetsEnd, json: jsonEnd };

const MD5_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e';

/**
 * What a downloaded file must look like. Always refused: web pages, XML error documents and JSON messages of the gateway under a
 * name that promises data, even with status 200.
 *
 * @param strict - Also ask for the first bytes of the format that the name promises.
 * @param mayBeEmpty - Take an empty body for an answer: there is nothing.
 */
export function contentCheck(name: string, strict: boolean, mayBeEmpty = false): ContentCheck {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  const expected = `a file of type ${extension}`;
  const end = ENDS[extension];
  return {
    expected,
    end,
    head: (first, head) =>
      mayBeEmpty && first.byteLength === 0 ? undefined : complaint(first, extension, strict, head),
  };
}

function complaint(first: Uint8Array, extension: string, strict: boolean, head: ResponseHead): string | undefined {
  // An empty body is not a file, unless the storage vouches for an empty one.
  if (first.byteLength === 0) return digestOf(head).md5 === MD5_OF_NOTHING ? undefined : 'it is empty';
  const text = new TextDecoder('latin1').decode(first.subarray(0, 200)).trimStart();
  if (/^<(?:!doctype|html|\?xml|error)\b/iu.test(text)) return 'it is a web page or an error document';
  if (text.startsWith('<') && /html|xml/u.test(head.contentType ?? '')) return 'it is a web page or an error document';
  if (isMessage(text, extension, head)) return 'it is a message from the server';
  const signatures = strict ? SIGNATURES[extension] : undefined;
  if (signatures === undefined) return undefined;
  const hex = Buffer.from(first.subarray(0, 8)).toString('hex');
  return signatures.some((signature) => hex.startsWith(signature)) ? undefined : `it begins with the bytes ${hex}`;
}

/**
 * Whether a body is what the API says instead of the file: an object with a message, an address or an error, or a text in quotes.
 * A file that is JSON itself may begin so; it comes from the storage, and holds more than that.
 */
function isMessage(text: string, extension: string, head: ResponseHead): boolean {
  if (extension !== 'json') {
    return /^\{\s*"(?:message|error|download_url)"/u.test(text) || (/^"[^"]*"\s*$/u.test(text) && !isFromStorage(head));
  }
  if (!isFromStorage(head)) return /^(?:"|\{\s*"(?:message|error|download_url)"\s*:\s*")/iu.test(text);
  return /^\{\s*(?:"(?:message|error|download_url|requestid)"\s*:\s*"(?:[^"\\]|\\.)*"\s*,?\s*)+\}\s*$/iu.test(text);
}

/**
 * The digest that the storage answers: the ETag of an object that was stored in one part and not under a managed key is its
 * MD5. That of an object stored with a content coding is of the coded bytes, which are not those of the file.
 */
export function digestOf(head: Pick<ResponseHead, 'url' | 'headers'>): ExpectedFile {
  const { headers } = head;
  const fromStorage = isFromStorage(head);
  const managed = (headers.get('x-amz-server-side-encryption') ?? '').startsWith('aws:kms');
  const md5 = /^"([0-9a-f]{32})"$/iu.exec(headers.get('etag') ?? '')?.[1];
  return fromStorage && !managed && !isEncoded(headers) && md5 !== undefined ? { md5: md5.toLowerCase() } : {};
}

/** Whether an answer comes from the storage, not from a proxy in front of it. */
export function isFromStorage({ headers, url }: Pick<ResponseHead, 'url' | 'headers'>): boolean {
  return headers.has('x-amz-request-id') || new URL(url).searchParams.has('X-Amz-Signature');
}
