import { UnexpectedResponse, type SdcErrorInit } from '../../errors.js';
import type { ImapOperation } from '../context.js';
import { parseTimestamp } from '../names/days.js';
import { isRecord } from '../../core/util/records.js';

export type Row = Readonly<Record<string, unknown>>;

/** A row that cannot be read: it costs itself and a warning, never the rest of the answer. */
export class OddRow extends Error {}

export interface RowReader {
  readonly row: Row;
  /** The position of the row in the answer: `$[3]`. */
  readonly path: string;
  /** Notes a field that is left out because it cannot be read. */
  readonly note: (key: string, expected: string) => void;
}

/**
 * Reads the rows of an answer. A row that cannot be read is left out, a date that cannot be read is left out of its row; either way
 * one warning for the whole answer goes to the log, with the first reason and the counts.
 *
 * @param init - What an error about the whole answer starts from.
 * @throws {@link UnexpectedResponse} for an answer that is not a list.
 */
export function readRows<T>(
  op: ImapOperation,
  answer: unknown,
  read: (reader: RowReader) => T,
  init: SdcErrorInit = op.init(),
): T[] {
  if (!Array.isArray(answer)) throw misfit('$', 'an array of rows', answer, init);
  const list: readonly unknown[] = answer;
  // The first reason is reported; the rest is counted.
  const odd: { reason?: string; rows: number; fields: number } = { rows: 0, fields: 0 };
  const rows: T[] = [];
  for (const [index, row] of list.entries()) {
    const path = `$[${index}]`;
    try {
      if (!isRecord(row)) throw new OddRow(shape(path, 'an object', row));
      const note = (key: string, expected: string): void => {
        odd.fields += 1;
        odd.reason ??= shape(`${path}.${key}`, expected, row[key]);
      };
      rows.push(read({ row, path, note }));
    } catch (error) {
      if (!(error instanceof OddRow)) throw error;
      odd.rows += 1;
      odd.reason ??= error.message;
    }
  }
  if (odd.reason !== undefined) {
    const left = odd.rows > 0 ? `${odd.rows} of ${list.length} rows are left out` : 'fields are left out';
    const fields = { rows: list.length, rowsLeftOut: odd.rows, fieldsLeftOut: odd.fields };
    op.warn(`${left} because they cannot be read: ${odd.reason}`, fields);
  }
  return rows;
}

export function requiredText({ row, path }: RowReader, key: string): string {
  const value = row[key];
  if (typeof value !== 'string' || value === '') throw new OddRow(shape(`${path}.${key}`, 'a string', value));
  return value;
}

/** A timestamp of a row; `undefined` when it is absent, null or unreadable. */
export function timestamp({ row, note }: RowReader, key: string): Date | undefined {
  const value = row[key];
  if (value === undefined || value === null) return undefined;
  const ms = typeof value === 'string' ? parseTimestamp(value) : undefined;
  if (ms !== undefined) return new Date(ms);
  note(key, 'a timestamp such as 20260131 12:30:00');
  return undefined;
}

/** A finite number of a row, also written in digits; `undefined` for anything else. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' && /^[0-9]{1,15}$/u.test(value) ? Number(value) : undefined;
}

/** A text of a row; `undefined` for anything else. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The error for an answer that has another shape than known. */
export function misfit(path: string, expected: string, value: unknown, init: SdcErrorInit): UnexpectedResponse {
  return new UnexpectedResponse(
    `the answer has an unexpected shape: ${shape(path, expected, value)}; this package may need an update`,
    init,
  );
}

export function shape(path: string, expected: string, value: unknown): string {
  return `${path} should be ${expected}, got ${shown(value)}`;
}

/** Short, whatever the value is: it may be huge or deeply nested. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return value === null ? 'null' : 'an object';
}
