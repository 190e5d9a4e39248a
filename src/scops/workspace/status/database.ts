import { readRows, type SqlValue } from '../../../core/sqlite/read-rows.js';
import type { ProductRecord } from '../../status/product.js';

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
