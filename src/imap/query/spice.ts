import type { SdcErrorInit } from '../../errors.js';
import type { Call } from '../../core/http/call.js';
import { requireOneOf, requireText } from '../../core/validate/arguments.js';
import { isMissingRoute } from '../answers.js';
import { SPICE_TYPES } from '../constants.js';
import type { ImapContext } from '../context.js';
import { baseName } from '../names/base-name.js';
import type { SpiceFile, SpiceQuery } from '../types.js';
import type { AskOptions } from './options.js';
import { checkKeys, checkSpan, ephemerisTime, ingestionSpan, requireGiven } from './parameters.js';
import { misfit, rowsOf, timestamp } from './rows.js';
import { newestOfSpan } from './tables.js';

const OPERATION = 'imap.spiceQuery';
const KEYS = [
  'type',
  'fileName',
  'startTime',
  'endTime',
  'ingestionStartDate',
  'ingestionEndDate',
  'version',
  'latest',
];
/** Kinds that are answered from the tables, where `latest=true` crashes the server. */
const TABLE_TYPES = ['spin', 'repoint', 'thruster'];

/** `ImapClient.spiceQuery`. */
export async function querySpice(
  context: ImapContext,
  query: SpiceQuery,
  options: AskOptions = {},
): Promise<SpiceFile[]> {
  const { operation = OPERATION } = options;
  checkKeys(query, KEYS, operation);
  const kinds = SPICE_TYPES.join(', ');
  requireGiven(query, ['type'], `${operation}: The 'type' parameter is required for SPICE queries: ${kinds}`);
  const type = requireOneOf(query.type, SPICE_TYPES, 'type', operation);
  checkSpan(query.startTime, query.endTime, 'startTime endTime', operation);
  const { latest, number } = versionOf(query, operation);
  const fromTables = TABLE_TYPES.includes(type);
  const ingestion = ingestionSpan(query, operation);
  const pairs: [string, string][] = [];
  if (query.startTime !== undefined)
    pairs.push(['start_time', ephemerisTime(query.startTime, `${operation}: startTime`)]);
  if (query.endTime !== undefined) pairs.push(['end_time', ephemerisTime(query.endTime, `${operation}: endTime`)]);
  pairs.push(['type', type]);
  if (query.fileName !== undefined) pairs.push(['file_name', fileNameOf(query.fileName, fromTables, type, operation)]);
  if (latest && !fromTables) pairs.push(['latest', 'true']);
  pairs.push(...ingestion.pairs);
  const call: Call = { operation, url: 'spice-query', query: pairs, ...options };
  const answer = await askSpice(context, call);
  const files = decodeSpiceRows(answer, type, context.transport.init(call)).filter(
    (file) => ingestion.includes(file.ingestionDate) && (number === undefined || file.version === number),
  );
  return latest && fromTables ? newestOfSpan(files) : files;
}

function versionOf(query: SpiceQuery, operation: string): { latest: boolean; number: number | undefined } {
  const { version, latest } = query;
  if (version === undefined || version === 'latest')
    return { latest: version === 'latest' || latest === true, number: undefined };
  const digits = /^v?([0-9]+)$/u.exec(String(version))?.[1];
  if (digits === undefined) throw new TypeError(`${operation}: version must be 'latest' or a number`);
  return { latest: latest === true, number: Number(digits) };
}

/** The kernels' filter wants the bare name, the tables' filter the full path. */
function fileNameOf(fileName: string, fromTables: boolean, type: string, operation: string): string {
  const name = baseName(requireText(fileName, 'fileName', operation));
  return fromTables ? `imap/spice/${type === 'thruster' ? 'activities' : type}/${name}` : name;
}

/** An older server knows this route without credentials only. */
async function askSpice(context: ImapContext, call: Call): Promise<unknown> {
  try {
    return await context.transport.json(call);
  } catch (error) {
    if (context.settings.access === 'public' || !isMissingRoute(error)) throw error;
    const url = new URL('spice-query', context.settings.publicUrl);
    return context.transport.json({ ...call, url, anonymous: true });
  }
}

/** Kernel rows, and rows of the tables, which have other keys. */
export function decodeSpiceRows(answer: unknown, type: string, init: SdcErrorInit): SpiceFile[] {
  return rowsOf(answer, init).map((row, index) => {
    const path = `$[${index}]`;
    const named = row.file_name ?? row.file_path;
    if (typeof named !== 'string' || named === '') throw misfit(`${path}.file_name`, 'a text', named, init);
    const fileName = named.replace(/^imap\/spice\//u, '');
    const begin = row.min_date_datetime === undefined ? 'start_date' : 'min_date_datetime';
    const end = row.max_date_datetime === undefined ? 'end_date' : 'max_date_datetime';
    const minDate = timestamp(row, begin, path, init);
    const maxDate = timestamp(row, end, path, init);
    const ingestionDate = timestamp(row, 'ingestion_date', path, init);
    const version = numberOf(row.version);
    const intervals = intervalsOf(row.file_intervals_j2000);
    return {
      fileName,
      name: fileName.slice(fileName.lastIndexOf('/') + 1),
      filePath: `imap/spice/${fileName}`,
      kernelType: typeof row.kernel_type === 'string' ? row.kernel_type : type,
      ...(typeof row.file_root === 'string' && { fileRoot: row.file_root }),
      ...(version !== undefined && { version }),
      ...(minDate && { minDate }),
      ...(maxDate && { maxDate }),
      ...(typeof row.min_date_j2000 === 'number' && { minDateJ2000: row.min_date_j2000 }),
      ...(typeof row.max_date_j2000 === 'number' && { maxDateJ2000: row.max_date_j2000 }),
      ...(intervals && { intervalsJ2000: intervals }),
      ...(typeof row.min_date_sclk === 'string' && { minDateSclk: row.min_date_sclk }),
      ...(typeof row.max_date_sclk === 'string' && { maxDateSclk: row.max_date_sclk }),
      ...(typeof row.sclk_kernel === 'string' && { sclkKernel: row.sclk_kernel }),
      ...(typeof row.lsk_kernel === 'string' && { lskKernel: row.lsk_kernel }),
      ...(ingestionDate && { ingestionDate }),
      raw: row,
    };
  });
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  return typeof value === 'string' && /^[0-9]+$/u.test(value) ? Number(value) : undefined;
}

function intervalsOf(value: unknown): [number, number][] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((span: unknown): [number, number][] => {
    if (!Array.isArray(span)) return [];
    const bounds: unknown[] = span;
    const [from, to] = bounds;
    return typeof from === 'number' && typeof to === 'number' ? [[from, to]] : [];
  });
}
