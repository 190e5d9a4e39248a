import type { Arguments } from '../../core/operation/arguments.js';
import { isDate } from '../../core/util/realms.js';
import { DATA_LEVELS, EXTENSIONS, INSTRUMENTS, TABLES, type ImapTable } from '../centre.js';
import { toDay } from '../names/days.js';
import { parseImapFileName, tryParseImapFileName } from '../names/parse.js';
import { Version } from '../names/version.js';
import type { ImapQuery } from '../types.js';
import { requireWord, unknownAmong, type UnknownWord } from './words.js';

/** A query in the form in which it travels. */
export interface CheckedQuery {
  readonly table: ImapTable;
  /** Name and value, in the order of the wire, without `table` and `latest`. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  readonly latest: boolean;
  /** Words that the server may know although this version of the package does not. */
  readonly unknown: readonly UnknownWord[];
}

type Field = Exclude<keyof ImapQuery, 'table'>;

const IN_OWN_FOLDER = ['quicklook', 'ancillary'] as const;
const DATED: readonly ImapTable[] = ['science', 'quicklook'];
/** In the order of the wire: each field's name there, and the tables that have it. */
const FIELDS: Readonly<Record<Field, readonly [wire: string, tables: readonly ImapTable[]]>> = {
  instrument: ['instrument', TABLES],
  dataLevel: ['data_level', DATED],
  descriptor: ['descriptor', TABLES],
  startDate: ['start_date', TABLES],
  endDate: ['end_date', TABLES],
  ingestionStartDate: ['ingestion_start_date', TABLES],
  ingestionEndDate: ['ingestion_end_date', TABLES],
  repointing: ['repointing', DATED],
  version: ['version', TABLES],
  majorVersion: ['major_version', DATED],
  minorVersion: ['minor_version', DATED],
  extension: ['extension', TABLES],
  cr: ['cr', DATED],
  filePath: ['file_path', TABLES],
  crid: ['crid', DATED],
  released: ['released', TABLES],
};
const ORDER = [
  'instrument',
  'dataLevel',
  'descriptor',
  'startDate',
  'endDate',
  'ingestionStartDate',
  'ingestionEndDate',
  'repointing',
  'version',
  'majorVersion',
  'minorVersion',
  'extension',
  'cr',
  'filePath',
  'crid',
  'released',
] as const satisfies readonly Field[];

/**
 * Checks a query before any request, since the server answers wrong values with 500.
 *
 * @throws `TypeError` for unknown values, naming what is allowed; `RangeError` for a start after its end.
 */
export function checkQuery(args: Arguments, query: ImapQuery): CheckedQuery {
  const table = tableOf(args, query);
  const latest = query.version === 'latest';
  const given = ORDER.filter((field) => isGiven(query[field]) && !(field === 'version' && latest));
  if (given.length === 0) {
    const known = ORDER.join(', ');
    throw args.invalid(`At least one query parameter must be provided, besides table and latest: ${known}`);
  }
  for (const field of given) {
    if (FIELDS[field][1].includes(table)) continue;
    const known = ORDER.filter((one) => FIELDS[one][1].includes(table)).join(', ');
    throw args.invalid(`${field} does not apply to the ${table} table; use ${known}`);
  }
  if (query.version !== undefined && !latest && (isGiven(query.majorVersion) || isGiven(query.minorVersion))) {
    throw args.invalid('give either version, or majorVersion and minorVersion');
  }
  const pairs = given.flatMap((field) => pairsOf(args, field, query, table));
  checkOrder(args, pairs, 'start_date', 'end_date', 'startDate is after endDate');
  const ingestion = 'ingestionStartDate is after ingestionEndDate';
  checkOrder(args, pairs, 'ingestion_start_date', 'ingestion_end_date', ingestion);
  const unknown = unknownAmong([
    ['instrument', query.instrument, INSTRUMENTS],
    ['dataLevel', query.dataLevel, DATA_LEVELS],
    ['extension', query.extension, EXTENSIONS[table]],
  ]);
  return { table, pairs, latest, unknown };
}

function tableOf(args: Arguments, query: ImapQuery): ImapTable {
  const { table, filePath } = query;
  if (!isGiven(table)) return isGiven(filePath) ? tableOfName(args, filePath) : 'science';
  const found = TABLES.find((one) => one === table);
  if (found !== undefined) return found;
  const kernels = isSpice(table) ? '; kernels are found with spiceQuery' : '';
  throw args.invalid(`Not a valid database table, please choose from ${TABLES.join(', ')}${kernels}`);
}

/** The table that lists files of this name; paths outside the conventions are looked up among science files. */
function tableOfName(args: Arguments, filePath: string): ImapTable {
  const path = withoutSlash(filePath);
  const isPath = path.includes('/');
  if (isPath && !path.startsWith('imap/')) return 'science';
  const folder = IN_OWN_FOLDER.find((table) => path.startsWith(`imap/${table}/`));
  // A path names its table itself, also for instruments that this version does not know.
  if (isPath && tryParseImapFileName(path, { lax: true }) === undefined) return folder ?? 'science';
  const { kind } = parseImapFileName(path, { lax: true });
  if (kind === 'spice') throw args.invalid('kernels are found with spiceQuery');
  if (kind === 'dependency') throw args.invalid('dependency files are in no table; download them by name');
  return kind === 'release' ? 'ancillary' : kind;
}

function pairsOf(args: Arguments, field: Field, query: ImapQuery, table: ImapTable): (readonly [string, string])[] {
  const value: unknown = query[field];
  const [wire] = FIELDS[field];
  const fail = (message: string): never => {
    throw args.invalid(`${field}: ${message} Got ${show(value)}`);
  };
  const word = (known: readonly string[]): string => requireWord(args, value, { name: field, known });
  const whole = (max: number, message: string): string => {
    const digits = typeof value === 'number' ? String(value) : value;
    if (typeof digits !== 'string' || !/^[0-9]{1,5}$/u.test(digits) || Number(digits) > max) return fail(message);
    return String(Number(digits));
  };
  const words = (): string => {
    if (typeof value !== 'string' || value.trim() === '' || /\p{Cc}/u.test(value)) return fail('must be a text.');
    return value;
  };
  switch (field) {
    case 'instrument':
      return [[wire, word(INSTRUMENTS)]];
    case 'dataLevel':
      return [[wire, word(DATA_LEVELS)]];
    case 'startDate':
    case 'endDate':
    case 'ingestionStartDate':
    case 'ingestionEndDate':
      return [[wire, dayPair(field, value, fail)]];
    case 'repointing': {
      const message = 'Not a valid repointing, use format repoint<num>, where <num> is a 5 digit integer.';
      const text = typeof value === 'string' ? /^repoint([0-9]{5})$/u.exec(value)?.[1] : undefined;
      return [[wire, text === undefined ? whole(99_999, message) : String(Number(text))]];
    }
    case 'version':
      return versionPairs(value, table, fail);
    case 'majorVersion':
      return [[wire, whole(999, 'Not a valid major_version, use an integer from 0 to 999.')]];
    case 'minorVersion':
      return [[wire, whole(9999, 'Not a valid minor_version, use an integer from 0 to 9999.')]];
    case 'cr':
      return [[wire, whole(99_999, 'Not a valid Carrington rotation, use an integer.')]];
    case 'extension': {
      const allowed: readonly string[] = EXTENSIONS[table];
      const isOfAnother = Object.values(EXTENSIONS).some((known: readonly unknown[]) => known.includes(value));
      if (!isOfAnother || allowed.includes(String(value))) return [[wire, word(allowed)]];
      return fail(`Not a valid extension for '${table}', please choose from ${allowed.join(', ')}.`);
    }
    case 'released':
      return [[wire, typeof value === 'boolean' ? String(value) : fail('must be true or false.')]];
    case 'filePath': {
      const path = withoutSlash(words());
      return [[wire, path.includes('/') ? path : parseImapFileName(path, { lax: true }).path()]];
    }
    case 'descriptor':
    case 'crid':
      return [[wire, words()]];
  }
}

/** The archive's paths begin without a slash. */
function withoutSlash(path: string): string {
  return path.replace(/^\/+/u, '');
}

function dayPair(field: Field, value: unknown, fail: (message: string) => never): string {
  const what = field.replace(/([A-Z])/gu, (letter) => ` ${letter.toLowerCase()}`);
  const message = `Not a valid ${what}, use format 'YYYYMMDD', ISO 8601 or a Date.`;
  if (typeof value !== 'string' && !isDate(value)) return fail(message);
  try {
    return toDay(value, field);
  } catch {
    return fail(message);
  }
}

function versionPairs(
  value: unknown,
  table: ImapTable,
  fail: (message: string) => never,
): (readonly [string, string])[] {
  const version = typeof value === 'string' ? Version.tryParse(value) : undefined;
  if (table === 'ancillary') {
    if (version === undefined || version.major !== undefined) {
      return fail("Not a valid version, use format 'vXXX' or latest.");
    }
    return [['version', version.toString()]];
  }
  if (version === undefined) return fail("Not a valid version, use format 'vMMM.mmmm', 'vXXX' or latest.");
  if (table === 'science') return [['version', version.toString()]];
  const minor = ['minor_version', String(version.minor)] as const;
  return version.major === undefined ? [minor] : [['major_version', String(version.major)], minor];
}

function checkOrder(args: Arguments, pairs: CheckedQuery['pairs'], first: string, last: string, message: string): void {
  const start = pairs.find(([name]) => name === first)?.[1];
  const end = pairs.find(([name]) => name === last)?.[1];
  if (start !== undefined && end !== undefined && start > end) throw args.outOfRange(message);
}

function show(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 80)) : `a value of type ${typeof value}`;
}

function isSpice(table: unknown): boolean {
  return table === 'spice';
}

function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}
