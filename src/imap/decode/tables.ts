import type { ImapOperation } from '../context.js';
import type { TableFile } from '../types.js';
import { OddRow, readRows, requiredText, shape, timestamp } from './rows.js';

/** Rows of the tables of spins, repointings and small forces. */
export function decodeTables(op: ImapOperation, answer: unknown): TableFile[] {
  return readRows(op, answer, (reader) => {
    const { row, path } = reader;
    const { version } = row;
    if (typeof version !== 'string' && typeof version !== 'number')
      throw new OddRow(shape(`${path}.version`, 'a text', version));
    const startDate = timestamp(reader, 'start_date');
    const endDate = timestamp(reader, 'end_date');
    const ingestionDate = timestamp(reader, 'ingestion_date');
    return {
      filePath: requiredText(reader, 'file_path'),
      version: String(version),
      ...(startDate && { startDate }),
      ...(endDate && { endDate }),
      ...(ingestionDate && { ingestionDate }),
      raw: row,
    };
  });
}
