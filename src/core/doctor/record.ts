import type { DoctorReport } from '../../types.js';
import { ensureDirectory, listFiles } from '../files/directory.js';
import { below, toPath } from '../files/paths.js';
import { writeAtomic } from '../files/write-atomic.js';
import type { ClientContext, Operation } from '../operation/operation.js';
import { onDisk } from '../transfer/failures.js';
import { parseJson } from '../util/json.js';
import type { DoctorAnswer } from './answer.js';
import { Pseudonyms, type RecordRules } from './pseudonyms.js';
import { recordedHtml } from './record-html.js';
import type { Exchange } from './visit.js';

/** Headers that are kept, and say nothing of a person. */
const PLAIN_HEADERS =
  `accept-ranges access-control-allow-origin allow cache-control content-encoding content-length content-range content-type date
  expires last-modified retry-after server transfer-encoding vary x-frame-options`.split(/\s+/u);
/** Headers that are kept with what they hold replaced. Others may hold anything, and are left out. */
const OTHER_HEADERS = ['content-disposition', 'etag', 'link', 'location', 'www-authenticate'];
/** Enough to know the format by; no more of a file that holds data. */
const BINARY_BYTES = 30;

/**
 * Makes the folder of a record before anything is asked.
 *
 * @throws `TypeError` for one that holds files already, {@link TransferError} for one that cannot be made.
 */
export async function prepareRecord<C extends ClientContext>(op: Operation<C>, record: string | URL): Promise<string> {
  const folder = toPath(record, op.arguments.label('record'));
  await onDisk(op.init(), folder, () => ensureDirectory(folder));
  const files = await listFiles(folder, 'record', op.arguments);
  if (files.length > 0) throw op.arguments.invalid(`record must be a new or empty folder; ${folder} holds files`);
  return folder;
}

interface Kept {
  readonly report: DoctorReport;
  readonly exchanges: readonly Exchange[];
  readonly rules: RecordRules;
}

/** Writes the answers, one file each, and the report. */
export async function writeRecord<C extends ClientContext>(
  op: Operation<C>,
  folder: string,
  { report, exchanges, rules }: Kept,
): Promise<void> {
  const pseudonyms = new Pseudonyms(op.redactor, rules);
  for (const { url, answer } of exchanges) collect(pseudonyms, url, answer);
  const points = report.points.map(({ error, seen, ...point }) => ({
    ...point,
    // The message of an error may hold words of the server.
    ...(seen === undefined ? {} : { seen: error === undefined ? pseudonyms.plain(seen) : error.code }),
  }));
  const files: [string, unknown][] = [
    ...exchanges.map((exchange, at): [string, unknown] => [
      `${String(at + 1).padStart(2, '0')}-${exchange.name}.json`,
      recorded(pseudonyms, exchange),
    ]),
    ['report.json', { ...report, baseUrl: pseudonyms.plain(report.baseUrl), points }],
  ];
  for (const [name, value] of files) {
    const path = below(folder, name);
    await onDisk(op.init(), path, () => writeAtomic(path, `${JSON.stringify(value, undefined, 2)}\n`));
  }
}

function collect(pseudonyms: Pseudonyms, url: string, answer: DoctorAnswer): void {
  for (const text of [url, answer.url, ...OTHER_HEADERS.map((name) => answer.header(name) ?? '')])
    pseudonyms.collect(text);
  if (isBinary(answer)) return;
  pseudonyms.collect(answer.text);
  pseudonyms.collectValue(jsonOf(answer));
}

function recorded(pseudonyms: Pseudonyms, { method, url, answer }: Exchange): unknown {
  return {
    request: { method, url: pseudonyms.address(url) },
    url: pseudonyms.address(answer.url),
    status: answer.status,
    headers: headersOf(pseudonyms, answer),
    ...bodyOf(pseudonyms, answer),
  };
}

function headersOf(pseudonyms: Pseudonyms, { headers }: DoctorAnswer): [string, string][] {
  const cookies = headers
    .getSetCookie()
    .map((cookie): [string, string] => [
      'set-cookie',
      cookie.replace(/^([^=]*=)([^;]*)/u, (_all, name: string, value: string) => name + pseudonyms.disguise(value)),
    ]);
  const kept = (names: readonly string[], show: (value: string) => string): [string, string][] =>
    names.flatMap((name): [string, string][] => {
      const value = headers.get(name);
      return value === null ? [] : [[name, show(value)]];
    });
  return [
    ...kept(PLAIN_HEADERS, (value) => value),
    ...kept(OTHER_HEADERS, (value) => (URL.canParse(value) ? pseudonyms.address(value) : pseudonyms.text(value))),
    ...cookies,
  ];
}

function bodyOf(pseudonyms: Pseudonyms, answer: DoctorAnswer): { readonly body: string } | { readonly base64: string } {
  if (isBinary(answer)) return { base64: answer.body.subarray(0, BINARY_BYTES).toString('base64') };
  const json = jsonOf(answer);
  if (json !== undefined) return { body: JSON.stringify(pseudonyms.json(json)) };
  const isPage = /^\s*</u.test(answer.text);
  return { body: isPage ? recordedHtml(answer.text, pseudonyms) : pseudonyms.text(answer.text) };
}

/** Whatever the header says, a body with control characters is not text; a FITS header begins as text, but holds data. */
function isBinary({ body, type }: DoctorAnswer): boolean {
  return (
    body.subarray(0, 512).includes(0) ||
    /fits|zip|octet-stream/u.test(type) ||
    body.subarray(0, 9).toString() === 'SIMPLE  ='
  );
}

function jsonOf({ text }: DoctorAnswer): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
