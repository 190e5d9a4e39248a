import type { Arguments } from '../../core/operation/arguments.js';
import { isDate } from '../../core/util/realms.js';
import { DATA_LEVELS, EXTENSIONS, INSTRUMENTS, TABLES, type ImapTable } from '../centre.js';
import { toDay } from '../names/days.js';
import { parseImapFileName } from '../names/parse.js';
import { Version } from '../names/version.js';
import type { ImapQuery } from '../types.js';
import type { QueryPairs } from './parts/axis.js';
import { requireWord, wordsIn } from './words.js';

export interface Given {
  readonly args: Arguments;
  readonly field: string;
  readonly value: unknown;
  readonly table: ImapTable;
}

/**
 * A field of a query: its name in the address, the tables that have it, and what it sends, under other names where it says so.
 * Reading throws `TypeError` for a value that the server cannot read.
 */
export interface FieldRule {
  readonly parameter: string;
  readonly tables: readonly ImapTable[];
  readonly read: (given: Given) => string | QueryPairs;
}

const DATED: readonly ImapTable[] = ['science', 'quicklook'];

const rules = {
  instrument: { parameter: 'instrument', tables: TABLES, read: wordOf(INSTRUMENTS) },
  dataLevel: { parameter: 'data_level', tables: DATED, read: wordOf(DATA_LEVELS) },
  descriptor: { parameter: 'descriptor', tables: TABLES, read: textOf },
  startDate: { parameter: 'start_date', tables: TABLES, read: dayOf },
  endDate: { parameter: 'end_date', tables: TABLES, read: dayOf },
  ingestionStartDate: { parameter: 'ingestion_start_date', tables: TABLES, read: dayOf },
  ingestionEndDate: { parameter: 'ingestion_end_date', tables: TABLES, read: dayOf },
  repointing: { parameter: 'repointing', tables: DATED, read: repointingOf },
  version: { parameter: 'version', tables: TABLES, read: versionOf },
  majorVersion: {
    parameter: 'major_version',
    tables: DATED,
    read: numberOf(999, 'Not a valid major_version, use an integer from 0 to 999.'),
  },
  minorVersion: {
    parameter: 'minor_version',
    tables: DATED,
    read: numberOf(9999, 'Not a valid minor_version, use an integer from 0 to 9999.'),
  },
  extension: { parameter: 'extension', tables: TABLES, read: extensionOf },
  cr: { parameter: 'cr', tables: DATED, read: numberOf(99_999, 'Not a valid Carrington rotation, use an integer.') },
  filePath: { parameter: 'file_path', tables: TABLES, read: pathOf },
  crid: { parameter: 'crid', tables: DATED, read: textOf },
  released: { parameter: 'released', tables: TABLES, read: flagOf },
} as const satisfies Readonly<Record<Exclude<keyof ImapQuery, 'table'>, FieldRule>>;

/** The fields of a query in the order in which they are sent. A new field is one line here, and one in `arguments.ts` and `types.ts`. */
export const FIELDS: ReadonlyMap<string, FieldRule> = new Map(Object.entries(rules));

export function pairsOf({ parameter, read }: FieldRule, given: Given): QueryPairs {
  const sent = read(given);
  return typeof sent === 'string' ? [[parameter, sent]] : sent;
}

/** The archive's paths begin without a slash. */
export function withoutSlash(path: string): string {
  return path.replace(/^\/+/u, '');
}

function invalid({ args, field, value }: Given, message: string): TypeError {
  const shown = typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `a value of type ${typeof value}`;
  return args.invalid(`${field}: ${message} Got ${shown}`);
}

function wordOf(known: readonly string[]): (given: Given) => string {
  return ({ args, field, value }) => requireWord(args, value, { name: field, known });
}

function textOf(given: Given): string {
  const { value } = given;
  if (typeof value === 'string' && value.trim() !== '' && !/[\p{Cc}\p{Cs}]/u.test(value)) return value;
  throw invalid(given, 'must be a string.');
}

function flagOf(given: Given): string {
  if (typeof given.value === 'boolean') return String(given.value);
  throw invalid(given, 'must be true or false.');
}

function dayOf(given: Given): string {
  const { field, value } = given;
  try {
    if (typeof value === 'string' || isDate(value)) return toDay(value, field);
  } catch {
    // refused below
  }
  throw invalid(given, `Not a valid ${wordsIn(field)}, use format 'YYYYMMDD', ISO 8601 or a Date.`);
}

function numberOf(max: number, message: string): (given: Given) => string {
  return (given) => {
    const digits = typeof given.value === 'number' ? String(given.value) : given.value;
    if (typeof digits === 'string' && /^[0-9]{1,5}$/u.test(digits) && Number(digits) <= max) {
      return String(Number(digits));
    }
    throw invalid(given, message);
  };
}

function repointingOf(given: Given): string {
  const digits = typeof given.value === 'string' ? /^repoint([0-9]{5})$/u.exec(given.value)?.[1] : undefined;
  if (digits !== undefined) return String(Number(digits));
  return numberOf(99_999, 'Not a valid repointing, use format repoint<num>, where <num> is a 5 digit integer.')(given);
}

function extensionOf(given: Given): string {
  const { table, value } = given;
  const allowed: readonly string[] = EXTENSIONS[table];
  const isOfAnother = Object.values(EXTENSIONS).some((known: readonly unknown[]) => known.includes(value));
  if (!isOfAnother || allowed.includes(String(value))) return wordOf(allowed)(given);
  throw invalid(given, `Not a valid extension for '${table}', please choose from ${allowed.join(', ')}.`);
}

function pathOf(given: Given): string {
  const path = withoutSlash(textOf(given));
  return path.includes('/') ? path : parseImapFileName(path, { lax: true }).path();
}

/** The quicklook table has the two parts of a version in fields of their own. */
function versionOf(given: Given): string | QueryPairs {
  const { table, value } = given;
  const version = typeof value === 'string' ? Version.tryParse(value) : undefined;
  if (version === undefined || (table === 'ancillary' && version.major !== undefined)) {
    const forms = table === 'ancillary' ? "'vXXX'" : "'vMMM.mmmm', 'vXXX'";
    throw invalid(given, `Not a valid version, use format ${forms} or latest.`);
  }
  if (table !== 'quicklook') return version.toString();
  const minor = ['minor_version', String(version.minor)] as const;
  return version.major === undefined ? [minor] : [['major_version', String(version.major)], minor];
}
