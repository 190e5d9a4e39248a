import type { Arguments } from '../../core/operation/arguments.js';
import { baseName, toPath } from '../../core/files/paths.js';
import { readText } from '../../core/files/read-range.js';
import { isFile, statFile } from '../../core/files/stat-file.js';
import type { MultipartPart } from '../../core/transfer/multipart.js';
import type { DemFile, GeoBounds, ScopsOrder } from '../types.js';
import { overlaps, readDemHeader } from './envi-header.js';

/** A checked elevation model on disk. */
export interface DemUpload {
  readonly kind: 'file';
  readonly file: string;
  readonly header: string;
  /** What it covers, in degrees. */
  readonly covers: GeoBounds;
}

/** Where the elevations come from. */
export type DemChoice = { readonly kind: 'aster' | 'srtm' | 'ftp' } | DemUpload;

const HEADER_BYTES = 1024 * 1024;

/**
 * Checks the elevation model of an order. A missing, empty or unreadable one would fail at every tick of the scheduler and
 * block later orders of everybody (pitfall 4).
 *
 * @throws `TypeError` or `RangeError`.
 */
export async function demOf(args: Arguments, dem: ScopsOrder['dem']): Promise<DemChoice> {
  if (dem === undefined) return { kind: 'aster' };
  if (dem === 'aster' || dem === 'srtm' || dem === 'ftp') return { kind: dem };
  if (typeof dem === 'string') throw args.invalid("dem must be 'aster', 'srtm', 'ftp' or { file, header? }");
  return demUploadOf(args, dem);
}

/** What a file, its header and the way to name a header are called in messages. */
interface DemWords {
  readonly file: string;
  readonly header: string;
  readonly way: string;
}
const ORDER_WORDS: DemWords = { file: 'dem.file', header: 'dem.header', way: '; name it in dem.header' };

/** The same for a file that is to be sent, or that a config names. */
export async function demUploadOf(args: Arguments, dem: DemFile, words: DemWords = ORDER_WORDS): Promise<DemUpload> {
  const file = toPath(dem.file, args.label(words.file));
  const { bytes } = await statFile(file, words.file, args);
  if (bytes === 0) throw args.outOfRange(`${words.file} is empty: ${file}; SCOPS would stop there`);
  const header = await headerOf(args, dem, file, words);
  const found = await statFile(header, words.header, args);
  if (found.bytes === 0) throw args.outOfRange(`${words.header} is empty: ${header}; SCOPS would stop there`);
  if (found.bytes > HEADER_BYTES) throw args.outOfRange(`${words.header} is too large for an ENVI header: ${header}`);
  const reading = readDemHeader(await readText(header, HEADER_BYTES), bytes);
  if ('complaint' in reading) throw args.outOfRange(`${words.header} ${reading.complaint}: ${header}`);
  return { kind: 'file', file, header, covers: reading.bounds };
}

/** The header that was named, else the one beside the file: `heights.hdr` or `heights.dem.hdr`. */
async function headerOf(args: Arguments, dem: DemFile, file: string, words: DemWords): Promise<string> {
  if (dem.header !== undefined) return toPath(dem.header, args.label('dem.header'));
  for (const beside of [file.replace(/\.[^./\\]*$/u, '.hdr'), `${file}.hdr`])
    if (beside !== file && (await isFile(beside))) return beside;
  throw args.invalid(`${words.file} has no ENVI header next to it, and SCOPS stops at a DEM without one${words.way}`);
}

/**
 * Refuses a DEM of another place.
 *
 * @throws `RangeError` when it has nothing in common with the flight.
 */
export function requireOverlap(args: Arguments, dem: DemChoice, flight: GeoBounds): void {
  if (dem.kind !== 'file' || overlaps(dem.covers, flight)) return;
  const box = ({ north, south, east, west }: GeoBounds): string =>
    `${south} to ${north} north, ${west} to ${east} east`;
  throw args.outOfRange(`the DEM is for another place: it covers ${box(dem.covers)}, the flight is at ${box(flight)}`);
}

/** The file parts of a form; none are sent empty, since the server keeps them as files of no bytes (protocol notes 5.8). */
export function demParts(dem: DemChoice): MultipartPart[] {
  if (dem.kind !== 'file') return [];
  const name = sentName(dem.file);
  return [
    { name: 'file', file: dem.file, fileName: name },
    { name: 'header_file', file: dem.header, fileName: `${name.replace(/\.[^.]*$/u, '')}.hdr` },
  ];
}

/** ASCII letters, digits, `_`, `.` and `-`, as the server would make of it. */
function sentName(path: string): string {
  const safe = baseName(path)
    .replace(/[^A-Za-z0-9_.-]+/gu, '_')
    .replace(/^[._]+|[._]+$/gu, '');
  return (safe === '' ? 'upload.dem' : safe).slice(-100);
}
