import { baseName, toPath } from '../../core/files/paths.js';
import { readText } from '../../core/files/read-range.js';
import { statFile } from '../../core/files/stat-file.js';
import type { MultipartPart } from '../../core/transfer/multipart.js';
import type { DemFile, ScopsOrder } from '../types.js';
import { enviComplaint } from './envi-header.js';

/** A checked elevation model on disk. */
export interface DemUpload {
  readonly kind: 'file';
  readonly file: string;
  readonly header?: string;
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
export async function demOf(dem: ScopsOrder['dem'], operation: string): Promise<DemChoice> {
  if (dem === undefined) return { kind: 'aster' };
  if (dem === 'aster' || dem === 'srtm' || dem === 'ftp') return { kind: dem };
  return demUploadOf(dem, operation);
}

/** The same for a file that is to be sent. */
export async function demUploadOf(dem: unknown, operation: string): Promise<DemUpload> {
  if (!isDemFile(dem)) throw new TypeError(`${operation}: dem must be 'aster', 'srtm', 'ftp' or { file, header? }`);
  const file = toPath(dem.file, `${operation}: dem.file`);
  const { bytes } = await statFile(file, 'dem.file', operation);
  if (bytes === 0) throw new RangeError(`${operation}: dem.file is empty: ${file}; SCOPS would stop at it`);
  if (dem.header === undefined) return { kind: 'file', file };
  const header = toPath(dem.header, `${operation}: dem.header`);
  const found = await statFile(header, 'dem.header', operation);
  if (found.bytes === 0) throw new RangeError(`${operation}: dem.header is empty: ${header}; SCOPS would stop at it`);
  if (found.bytes > HEADER_BYTES)
    throw new RangeError(`${operation}: dem.header is too large for an ENVI header: ${header}`);
  const complaint = enviComplaint(await readText(header, HEADER_BYTES), bytes);
  if (complaint !== undefined) throw new RangeError(`${operation}: dem.header ${complaint}: ${header}`);
  return { kind: 'file', file, header };
}

function isDemFile(dem: unknown): dem is DemFile {
  if (typeof dem !== 'object' || dem === null || !('file' in dem)) return false;
  const isPlace = (value: unknown): boolean => typeof value === 'string' || value instanceof URL;
  return isPlace(dem.file) && (!('header' in dem) || dem.header === undefined || isPlace(dem.header));
}

/** The file parts of a form; none are sent empty, since the server keeps them as files of no bytes (protocol notes 5.8). */
export function demParts(dem: DemChoice): MultipartPart[] {
  if (dem.kind !== 'file') return [];
  const name = sentName(dem.file);
  const parts: MultipartPart[] = [{ name: 'file', file: dem.file, fileName: name }];
  if (dem.header !== undefined)
    parts.push({ name: 'header_file', file: dem.header, fileName: `${name.replace(/\.[^.]*$/u, '')}.hdr` });
  return parts;
}

/** ASCII letters, digits, `_`, `.` and `-`, as the server would make of it. */
function sentName(path: string): string {
  const safe = baseName(path)
    .replace(/[^A-Za-z0-9_.-]+/gu, '_')
    .replace(/^[._]+|[._]+$/gu, '');
  return (safe === '' ? 'upload.dem' : safe).slice(-100);
}
