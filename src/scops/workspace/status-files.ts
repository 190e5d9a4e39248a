import { listDirectory } from '../../core/files/directory.js';
import { below } from '../../core/files/paths.js';
import { readRange, readText } from '../../core/files/read-range.js';
import { isFile, statFile } from '../../core/files/stat-file.js';
import type { ProductRecord } from '../status/product.js';
import { readStage } from '../status/stages.js';

const STATUS = '_status.txt';
const WEIGHTS = { waiting: 0, masking: 15, geocorrection: 15, translating: 15, mapping: 50, zipping: 5 } as const;
const LOG_TAIL_BYTES = 256 * 1024;
const LOG_LINES = 6;
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
  const stage = await stageOf(below(folder, 'status', `${product}${STATUS}`));
  const log = await logTail(below(folder, 'logs', `${product}_log.txt`));
  const zip = below(folder, 'mapped', `${product}3b_mapped.bil.zip`);
  const zipBytes = (await isFile(zip)) ? (await statFile(zip, 'zip', 'scops.workspace')).bytes : 0;
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

/** `<product> = <status>`; a file caught empty between truncating and writing is read once more. */
async function stageOf(path: string): Promise<string> {
  for (let look = 0; look < 2; look += 1) {
    const text = await readText(path, 64 * 1024);
    const at = text.indexOf('=');
    const stage = at < 0 ? text.trim() : text.slice(at + 1).trim();
    if (stage !== '') return stage;
  }
  return 'waiting';
}

async function logTail(path: string): Promise<string> {
  if (!(await isFile(path))) return '';
  return new TextDecoder().decode(await readRange(path, -LOG_TAIL_BYTES, LOG_TAIL_BYTES));
}

/** The percentage counts only when the very last line is one. */
function progressOf(stage: string, log: string): number {
  const reading = readStage(stage);
  const weight = Object.entries(WEIGHTS).find(([name]) => name === reading.stage)?.[1] ?? 0;
  let percent = 0;
  for (const line of log.trimEnd().split('\n').slice(-LOG_LINES))
    percent = Number(/Approximate percent complete:\s*(\d+(?:\.\d+)?)/iu.exec(line)?.[1] ?? 0);
  return reading.from + (percent / 100) * weight;
}
