import { types } from 'node:util';
import { toPath } from '../core/files/paths.js';
import { isUrl, tagOf } from '../core/util/realms.js';
import { formatOf } from './detect.js';
import { FORMATS, type Opening } from './formats.js';
import { advice, quoted, requireNames, requireSignal } from './options.js';
import type { ByteSource } from './source/byte-source.js';
import { openPath, plain } from './source/open-path.js';
import { blobSource, memorySource } from './source/sources.js';
import { untilClosed } from './source/until-closed.js';
import type { DataFile, DataFormat, OpenDataOptions } from './types.js';

/**
 * Opens a file of any format that the four centres use: netCDF (classic and 4), CDF, FITS, CCSDS packets, and ENVI cubes, each also
 * compressed with gzip. The format is detected from the content. Only headers are read until a variable is read.
 *
 * For an ENVI cube, pass the path of the data or of the header; the other must be next to it. Compressed files are held in memory as a whole.
 *
 * @param source - A path, a `file:` URL, the content as bytes, or a `Blob`.
 * @throws `DataError` when the file cannot be opened, is damaged, or has an unknown format; `TypeError` when an argument
 * has the wrong form, or the URL is not of `file:`; `signal.reason` when it was aborted.
 *
 * @example
 * ```ts
 * import { openData } from '@lab/sdc/read';
 *
 * await using file = await openData('profile.nc');
 * for (const { name, dtype, shape, units } of file.variables.values()) console.log(name, dtype, shape, units);
 * const altitude = await file.variables.get('altitude')?.read();
 * console.log(altitude?.data);
 * ```
 */
export async function openData(
  source: string | URL | Uint8Array | Blob,
  options: OpenDataOptions = {},
): Promise<DataFile> {
  const { signal, format } = checkedOptions(options);
  const opening = await begin(source, signal);
  try {
    const found = format ?? (await formatOf(opening.source, opening.path));
    const open = await FORMATS[found].opener();
    return await open(opening);
  } catch (error) {
    await opening.source.close();
    throw error;
  }
}

async function begin(source: unknown, signal: AbortSignal | undefined): Promise<Opening> {
  signal?.throwIfAborted();
  const whole = (bytes: ByteSource, path?: string): Opening => ({ source: untilClosed(bytes), path, signal });
  if (types.isUint8Array(source)) return whole(await plain(memorySource(source, undefined, signal), signal));
  if (isBlob(source)) return whole(await plain(blobSource(source, signal), signal));
  if (typeof source !== 'string' && !isUrl(source))
    throw new TypeError('openData: source must be a path, a file: URL, a Uint8Array or a Blob');
  const isAddress = typeof source === 'string' && /^[a-z][a-z0-9+.-]+:\/\//iu.test(source);
  const path = toPath(isAddress ? new URL(source) : source, 'openData: source');
  return whole(await openPath(path, signal), path);
}

function isBlob(value: unknown): value is Blob {
  return (
    value instanceof Blob || (typeof value === 'object' && value !== null && ['Blob', 'File'].includes(tagOf(value)))
  );
}

const OPTIONS = ['signal', 'format'];

function checkedOptions(options: OpenDataOptions): { signal: AbortSignal | undefined; format: DataFormat | undefined } {
  requireNames('openData', options, OPTIONS);
  const { signal } = options;
  requireSignal('openData', signal);
  const { format }: { readonly format?: unknown } = options;
  if (format !== undefined && typeof format !== 'string') throw new TypeError('openData: format must be a string');
  if (format !== undefined && !isFormat(format))
    throw new TypeError(`openData: ${quoted(format)} is not a format${advice(format, Object.keys(FORMATS))}`);
  return { signal, format };
}

function isFormat(value: unknown): value is DataFormat {
  return typeof value === 'string' && Object.hasOwn(FORMATS, value);
}
