import { isLocalPath } from './local-path.js';
import { parseRecord } from '../util/records.js';

/** A file of the mirror, as its line in the manifest says. */
export interface ManifestEntry {
  /** Below the directory of the mirror, with slashes. */
  readonly path: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
  /** What was asked for. */
  readonly source: unknown;
  /** ISO 8601. */
  readonly fetchedAt: string;
  /** What the centre changes with the content. */
  readonly version?: string | undefined;
}

/** The line of a file that is not part of the mirror. */
export interface RemovedEntry {
  readonly path: string;
  /** ISO 8601. */
  readonly removedAt: string;
  /** The version in which the centre lists it, but does not offer it. Absent: the file was deleted here. */
  readonly version?: string | undefined;
}

/** One line of the manifest. */
export type ManifestLine = ManifestEntry | RemovedEntry;

/** A line without its end; `undefined` for one that is torn, of another form, or of a path that leads elsewhere. */
export function parseLine(text: string): ManifestLine | undefined {
  const value = parseRecord(text);
  if (value === undefined) return undefined;
  const { path, bytes, sha256, source, fetchedAt, version, removedAt } = value;
  if (typeof path !== 'string' || !isLocalPath(path)) return undefined;
  if (typeof removedAt === 'string') return { path, removedAt, ...(isText(version) && { version }) };
  if (typeof bytes !== 'number' || !Number.isSafeInteger(bytes) || bytes < 0) return undefined;
  if (typeof sha256 !== 'string' || !/^[\da-f]{64}$/u.test(sha256) || !isText(fetchedAt)) return undefined;
  return { path, bytes, sha256, source, fetchedAt, ...(isText(version) && { version }) };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && !value.includes('\0');
}

/** A line with its end. */
export function formatLine(line: ManifestLine): string {
  return `${JSON.stringify(isRemoved(line) ? line : plain(line))}\n`;
}

/** The fields in the order of the file, whatever holds them. */
function plain({ path, bytes, sha256, source, fetchedAt, version }: ManifestEntry): ManifestEntry {
  return { path, bytes, sha256, source, fetchedAt, ...(version !== undefined && { version }) };
}

/** Whether a line says that its file is not there. */
export function isRemoved(line: ManifestLine): line is RemovedEntry {
  return 'removedAt' in line;
}
