import type { ArchiveWords } from '../names/constants.js';
import { dayText, serverDay } from '../names/days.js';
import { crash, json, pythonList, rows as rowsAnswer } from './answers.js';
import type { ApiCall } from './call.js';
import { rank, readVersion, type RankingMode } from './ranking.js';
import { QUERY_TABLES, type Table, type TableRow } from './tables.js';

type Filter = (row: TableRow) => boolean;

/** `GET /query` of 2026 (sections 3.4 to 3.7). */
export function query(call: ApiCall): Response {
  const { parameters, archive, prefix } = call;
  const name = parameters?.get('table') ?? 'science';
  const table = Object.entries(QUERY_TABLES).find(([known]) => known === name)?.[1];
  if (parameters === undefined || table === undefined) return crash();
  const filters: Filter[] = [];
  for (const [parameter, value] of parameters) {
    if (parameter === 'table') continue;
    const filter = filterFor(table, parameter, value, archive.words);
    if (filter === 'unknown') return unknownParameter(parameter, name, table);
    if (filter === 'version') return json("Invalid 'version' value. Use format 'vMMM.mmmm' or 'vXXX'.", 400, 'none');
    if (filter === 'date') return crash();
    filters.push(filter);
  }
  if (misfit(table, parameters, archive.words)) return crash();
  // The release filter comes before the ranking: the public gets the newest released version.
  if (prefix === 'public') filters.push((row) => row.released);
  if (call.service.options.manifestsListed === false) filters.push((row) => row.cells.extension !== 'txt');
  const found = table.rows(archive).filter((row) => filters.every((filter) => filter(row)));
  // Kernels have no start date, which the handler needs as soon as there is one.
  if (name === 'spice' && found.length > 0) return crash();
  const kept = name === 'science' ? rank(found, modeOf(parameters)) : found;
  return rowsAnswer(
    call,
    kept.map((row) => row.cells),
  );
}

function filterFor(
  table: Table,
  parameter: string,
  value: string,
  words: ArchiveWords,
): Filter | 'unknown' | 'date' | 'version' {
  const known = Object.hasOwn(table.columns, parameter) || table.filters.includes(parameter);
  if (!known) return 'unknown';
  switch (parameter) {
    case 'start_date':
    case 'end_date':
    case 'ingestion_start_date':
    case 'ingestion_end_date':
      return dateFilter(parameter, value);
    case 'version':
      return table.filters.includes('version') ? versionFilter(value) : equality(table, parameter, value, words);
    case 'latest':
      return () => true;
    default:
      return equality(table, parameter, value, words);
  }
}

/** Both ends are inclusive; `end_date` looks at the file's start, whatever the table. */
function dateFilter(parameter: string, value: string): Filter | 'date' {
  const moment = serverDay(value);
  if (moment === undefined) return 'date';
  const day = dayText(moment);
  if (parameter === 'start_date') return (row) => row.start !== undefined && row.start >= day;
  if (parameter === 'end_date') return (row) => row.start !== undefined && row.start <= day;
  if (parameter === 'ingestion_start_date') return (row) => dayText(row.ingested) >= day;
  return (row) => dayText(row.ingested) <= day;
}

function versionFilter(value: string): Filter | 'version' {
  const wish = readVersion(value);
  if (wish === undefined) return 'version';
  return ({ cells }) =>
    cells.minor_version === wish.minor && (wish.major === undefined || cells.major_version === wish.major);
}

function equality(table: Table, parameter: string, value: string, words: ArchiveWords): Filter {
  const wanted = table.columns[parameter]?.(value, words);
  return (row) => row.cells[parameter] === wanted;
}

/** Whether a value has a type that the database refuses; that is noticed when the statement runs, after all names. */
function misfit(table: Table, parameters: ReadonlyMap<string, string>, words: ArchiveWords): boolean {
  return [...parameters].some(([name, value]) => {
    const read = table.columns[name];
    return read !== undefined && read(value, words) === undefined;
  });
}

function modeOf(parameters: ReadonlyMap<string, string>): RankingMode {
  const version = parameters.get('version');
  const major = parameters.has('major_version') || (version !== undefined && readVersion(version)?.major !== undefined);
  if (major) return 'all';
  return parameters.get('latest')?.toLowerCase() === 'true' ? 'newest' : 'latest-major';
}

function unknownParameter(parameter: string, table: string, { columns, filters }: Table): Response {
  const names = new Set([...Object.keys(columns), ...filters]);
  const message = `${parameter} is not a valid query parameter for ${table} table. Valid query parameters are: `;
  return json(`${message}${pythonList([...names])}`, 400, 'none');
}
