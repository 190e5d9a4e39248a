import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { readRange } from '../../core/files/read-range.js';
import { isFile } from '../../core/files/stat-file.js';
import { DataError } from '../data-error.js';
import { openPath } from '../source/open-path.js';
import { isHeader } from './parse-header.js';

/** Longer headers are not read: one of a thousand bands has about 50 kB. */
const MAX_HEADER_BYTES = 16 * 1024 * 1024;
const HEADER = /\.hdr(?:\.gz)?$/iu;
/** Names of the data of a header `x.hdr`, the likeliest first; then those of the interleaves. */
const DATA_ENDINGS = ['', '.img', '.dat', '.raw', '.bin', '.cub', '.cube', '.envi'];

/** Whether a name is that of a header. */
export const isHeaderName = (path: string): boolean => HEADER.test(path);

/**
 * The header beside a data file: `x.bil.hdr` or `x.hdr` for `x.bil`, in capitals too, and compressed.
 *
 * @returns `undefined` when there is none, or what has its name is not an ENVI header.
 */
export async function headerBeside(path: string): Promise<string | undefined> {
  const data = path.replace(/\.gz$/iu, '');
  const stem = data.slice(0, data.length - extname(data).length);
  for (const name of new Set([data, stem]))
    for (const ending of ['.hdr', '.HDR', '.Hdr'])
      for (const candidate of [`${name}${ending}`, `${name}${ending}.gz`])
        if (candidate !== path && (await isHeaderFile(candidate))) return candidate;
  return undefined;
}

async function isHeaderFile(path: string): Promise<boolean> {
  if (!(await isFile(path))) return false;
  return path.endsWith('.gz') ? isHeader(await headerBytes(path)) : isHeader(await readRange(path, 0, 64));
}

/** A whole header. */
export async function headerBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const source = await openPath(path, signal);
  try {
    if (source.size > MAX_HEADER_BYTES)
      throw new DataError(`this header has ${source.size} bytes; headers of more than 16 MB are not read`, { path });
    return await source.read(0, source.size);
  } finally {
    await source.close();
  }
}

/**
 * The data file beside a header: its name without `.hdr`, or with another ending.
 *
 * @param interleave - The ending that is likely besides the usual ones.
 * @param bytes - How many bytes it must have at least; smaller files are taken only where no other is there.
 * @throws `DataError` when there is none.
 */
export async function dataBeside(header: string, interleave: string, bytes: number): Promise<string> {
  const folder = dirname(header);
  const stem = basename(header).replace(HEADER, '');
  const endings = [`.${interleave}`, ...DATA_ENDINGS];
  const likely = endings.flatMap((ending) => [`${stem}${ending}`, `${stem}${ending}.gz`]).map(lower);
  const names = (await readdir(folder)).filter((name) => isOfStem(name, stem) && !isHeaderName(name));
  const rank = (name: string): number => {
    const at = likely.indexOf(lower(name));
    return at === -1 ? likely.length : at;
  };
  let tooSmall: string | undefined;
  for (const name of names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
    const path = join(folder, name);
    if (!(await isFile(path))) continue;
    if (path.endsWith('.gz') || (await stat(path)).size >= bytes) return path;
    if (rank(name) < likely.length) tooSmall ??= path;
  }
  if (tooSmall !== undefined) return tooSmall;
  throw new DataError('there is no data file next to this ENVI header', { path: header });
}

const lower = (name: string): string => name.toLowerCase();

const isOfStem = (name: string, stem: string): boolean =>
  name === stem ||
  (name.startsWith(`${stem}.`) &&
    !name
      .slice(stem.length + 1)
      .replace(/\.gz$/iu, '')
      .includes('.'));
