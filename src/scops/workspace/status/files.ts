import { listDirectory } from '../../../core/files/directory.js';
import { below } from '../../../core/files/paths.js';
import { readRange, readText } from '../../../core/files/read-range.js';
import { isFile, statFile } from '../../../core/files/stat-file.js';
import { Arguments } from '../../../core/operation/arguments.js';
import { sleep } from '../../../core/util/time.js';
import { archiveName } from '../../names/products.js';
import { type ProductRecord, readStage } from '../../status/product.js';
import { readRows, type SqlValue } from '../../../core/sqlite/read-rows.js';

const STATUS = '_status.txt';
const LOG_TAIL_BYTES = 256 * 1024;
const LOG_LINES = 6;
const READS = 3;
const READ_AGAIN_MS = 20;
const MEBI = 1024 * 1024;

/** Reads the products of an order from its status files and logs (protocol notes 9.3, 15.6). */
export async function readStatusFiles(folder: string): Promise<ProductRecord[]> {
  const entries = await listDirectory(below(folder, 'status'));
  const records: ProductRecord[] = [];
  for (const { name, kind } of entries) {
    if (kind !== 'file' || !name.endsWith(STATUS)) continue;
    records.push(await readRecord(folder, name.slice(0, -STATUS.length)));
  }
  return records;
}

async function readRecord(folder: string, product: string): Promise<ProductRecord> {
  const stage = await stageOf(below(folder, 'status', `${product}${STATUS}`), product);
  const log = await logTail(below(folder, 'logs', `${product}_log.txt`));
  const zip = below(folder, 'mapped', archiveName(product));
  const zipBytes = (await isFile(zip)) ? (await statFile(zip, 'zip', new Arguments('scops.workspace'))).bytes : 0;
  return {
    name: product,
    stage,
    progress: progressOf(stage, log),
    flag: /^error/iu.test(stage),
    filesize: Number(/(\d+(?:\.\d+)?)\s+megabytes/iu.exec(log)?.[1] ?? 0),
    bytesize: 'MB',
    zipsize: zipBytes / MEBI,
    zipbyte: 'MB',
  };
}

/**
 * `<product> = <status>`. A file that is empty, or names another product, is just being written: it is read again, and not
 * believed. One that stays empty is `waiting`, one of another name `unknown`.
 */
async function stageOf(path: string, product: string): Promise<string> {
  let text = '';
  for (let read = 0; read < READS; read += 1) {
    if (read > 0) await sleep(READ_AGAIN_MS);
    text = await readText(path, 64 * 1024);
    const [, name, stage] = /^([^=]*)=([\s\S]*)$/u.exec(text) ?? [];
    if (name?.trim() === product && stage !== undefined && stage.trim() !== '') return stage.trim();
  }
  return text.trim() === '' ? 'waiting' : 'unknown';
}

async function logTail(path: string): Promise<string> {
  if (!(await isFile(path))) return '';
  return new TextDecoder().decode(await readRange(path, -LOG_TAIL_BYTES, LOG_TAIL_BYTES));
}

/** The percentage counts only when the very last line is one. */
function progressOf(stage: string, log: string): number {
  const reading = readStage(stage);
  const weight = reading.stage === 'unknown' ? 0 : reading.to - reading.from;
  let percent = 0;
  for (const line of log.trimEnd().split('\n').slice(-LOG_LINES))
    percent = Number(/Approximate percent complete:\s*(\d+(?:\.\d+)?)/iu.exec(line)?.[1] ?? 0);
  return reading.from + (percent / 100) * weight;
}

const QUERY =
  'select name, stage, progress, filesize, bytesize, flag, zipsize, zipbyte from flightlines where processing_id = ? order by id';

/**
 * Reads the products of an order from the status database. Each product has two rows or more; the last one counts
 * (protocol notes 15.5).
 */
export async function readStatusDatabase(
  path: string,
  processingId: string,
  signal: AbortSignal | undefined,
): Promise<ProductRecord[]> {
  const rows = await readRows(path, QUERY, [processingId], { signal });
  const products = new Map<string, ProductRecord>();
  for (const row of rows) {
    const name = textOf(row.name);
    products.set(name, {
      name,
      stage: textOf(row.stage),
      progress: Number(row.progress ?? Number.NaN),
      flag: Number(row.flag ?? 0) === 1,
      filesize: Number(row.filesize ?? 0),
      bytesize: textOf(row.bytesize),
      zipsize: Number(row.zipsize ?? 0),
      zipbyte: textOf(row.zipbyte),
    });
  }
  return [...products.values()];
}

function textOf(value: SqlValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
