import type { Arguments } from '../../core/operation/arguments.js';
import { DATA_LEVELS, EXTENSIONS, INSTRUMENTS, TABLES, type ImapTable } from '../centre.js';
import { parseImapFileName, tryParseImapFileName } from '../names/parse.js';
import { ARCHIVE_FOLDER } from '../routes.js';
import type { ImapQuery } from '../types.js';
import { FIELDS, pairsOf, withoutSlash } from './fields.js';
import { valueIn, type QueryPairs } from './parts/axis.js';
import { unknownAmong, type UnknownWord } from './words.js';

/** A query in the form in which it travels. */
export interface CheckedQuery {
  readonly table: ImapTable;
  /** Name and value, in the order in which they are sent, without `table` and `latest`. */
  readonly pairs: QueryPairs;
  readonly latest: boolean;
  /** Words that the server may know although this version of the package does not. */
  readonly unknown: readonly UnknownWord[];
}

const IN_OWN_FOLDER = ['quicklook', 'ancillary'] as const;

/**
 * Checks a query before any request, since the server answers wrong values with 500.
 *
 * @throws `TypeError` for unknown values, naming what is allowed; `RangeError` for a start after its end.
 */
export function checkQuery(args: Arguments, query: ImapQuery): CheckedQuery {
  const table = tableOf(args, query);
  const latest = query.version === 'latest';
  const given = [...FIELDS].flatMap(([field, rule]) => {
    const value: unknown = Reflect.get(query, field);
    return !isGiven(value) || (field === 'version' && latest) ? [] : [{ field, rule, value }];
  });
  if (given.length === 0) {
    const known = [...FIELDS.keys()].join(', ');
    throw args.invalid(`At least one query parameter must be provided, besides table and latest: ${known}`);
  }
  const foreign = given.find(({ rule }) => !rule.tables.includes(table));
  if (foreign !== undefined) {
    const known = [...FIELDS].flatMap(([field, { tables }]) => (tables.includes(table) ? [field] : []));
    throw args.invalid(`${foreign.field} does not apply to the ${table} table; use ${known.join(', ')}`);
  }
  if (query.version !== undefined && !latest && (isGiven(query.majorVersion) || isGiven(query.minorVersion))) {
    throw args.invalid('give either version, or majorVersion and minorVersion');
  }
  const pairs = given.flatMap(({ field, rule, value }) => pairsOf(rule, { args, field, value, table }));
  requireOrder(args, pairs, 'startDate', 'endDate');
  requireOrder(args, pairs, 'ingestionStartDate', 'ingestionEndDate');
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
  if (isPath && !path.startsWith(ARCHIVE_FOLDER)) return 'science';
  const folder = IN_OWN_FOLDER.find((table) => path.startsWith(`${ARCHIVE_FOLDER}${table}/`));
  // A path names its table itself, also for instruments that this version does not know.
  if (isPath && tryParseImapFileName(path, { lax: true }) === undefined) return folder ?? 'science';
  const { kind } = parseImapFileName(path, { lax: true });
  if (kind === 'spice') throw args.invalid('kernels are found with spiceQuery');
  if (kind === 'dependency') throw args.invalid('dependency files are not in any table; download them by name');
  return kind === 'release' ? 'ancillary' : kind;
}

function requireOrder(args: Arguments, pairs: QueryPairs, first: string, last: string): void {
  const [start, end] = [first, last].map((field) => valueIn(pairs, FIELDS.get(field)?.parameter ?? field));
  if (start !== undefined && end !== undefined && start > end) throw args.outOfRange(`${first} is after ${last}`);
}

function isSpice(table: unknown): boolean {
  return table === 'spice';
}

function isGiven<T>(value: T): value is NonNullable<T> {
  return value !== undefined && value !== null;
}
