import { listDirectory } from '../../../core/files/directory.js';
import { below } from '../../../core/files/paths.js';
import { readRange, readText } from '../../../core/files/read-range.js';
import { isFile, statFile } from '../../../core/files/stat-file.js';
import { Arguments } from '../../../core/operation/arguments.js';
import { sleep } from '../../../core/util/time.js';
import { archiveName } from '../../names/products.js';
import type { ProductRecord } from '../../status/product.js';
import { readStage } from '../../status/stages.js';

const STATUS = '_status.txt';
const LOG_TAIL_BYTES = 256 * 1024;
const LOG_LINES = 6;
const LOOKS = 3;
const LOOK_AGAIN_MS = 20;
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
  for (let look = 0; look < LOOKS; look += 1) {
    if (look > 0) await sleep(LOOK_AGAIN_MS);
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
