import { looksLikePackets } from './ccsds/looks-like-packets.js';
import { DataError } from './data-error.js';
import { headerBeside } from './envi/find-files.js';
import { isHeader } from './envi/parse-header.js';
import { FORMATS } from './formats.js';
import { buffered } from './source/buffered.js';
import type { ByteSource } from './source/byte-source.js';
import type { DataFormat } from './types.js';

const HDF5 = '89484446 0d0a1a0a'.replace(' ', '');
/** The first bytes of a file, as hexadecimal digits. */
const SIGNATURES: readonly [digits: string, format: DataFormat][] = [
  ['43444601', 'netcdf3'],
  ['43444602', 'netcdf3'],
  ['43444605', 'netcdf3'],
  [HDF5, 'netcdf4'],
  ['cdf30001', 'cdf'],
  ['cdf26002', 'cdf'],
  ['0000ffff', 'cdf'],
  [Buffer.from('SIMPLE  =').toString('hex'), 'fits'],
];
const ZIP = '504b0304';
const HEAD_BYTES = 64;

/**
 * The format of a file by its content; by what lies beside it or by its name where the content has no mark of its own.
 *
 * @param path - The place on the disk, if there is one.
 * @throws `DataError` when it is of none.
 */
export async function formatOf(source: ByteSource, path: string | undefined): Promise<DataFormat> {
  const { size } = source;
  if (size === 0) throw new DataError('the file is empty', { path: source.path });
  const head = await source.read(0, Math.min(HEAD_BYTES, size));
  const digits = Buffer.from(head).toString('hex');
  const found = SIGNATURES.find(([signature]) => digits.startsWith(signature))?.[1];
  if (found !== undefined) return found;
  if (isHeader(head)) return 'envi';
  if (digits.startsWith(ZIP))
    throw new DataError('this is a zip archive; unpack it and open a file from it', { path: source.path, offset: 0 });
  // A user block of any power of two may lie before the superblock of HDF5.
  for (let offset = 512; offset + 8 <= size; offset *= 2)
    if (Buffer.from(await source.read(offset, 8)).toString('hex') === HDF5) return 'netcdf4';
  if (path !== undefined && (await headerBeside(path)) !== undefined) return 'envi';
  const ending = endingOf(source.path);
  if (['pkts', 'ccsds'].includes(ending) || (await looksLikePackets(buffered(source)))) return 'ccsds';
  throw new DataError(unknownFormat(ending), { path: source.path, offset: 0 });
}

function endingOf(path: string | undefined): string {
  return /\.([a-z0-9]+)(?:\.gz)?$/iu.exec(path ?? '')?.[1]?.toLowerCase() ?? '';
}

function unknownFormat(ending: string): string {
  const promised = Object.values(FORMATS).find(({ endings }) => endings.includes(ending));
  if (ending === 'bin' || promised === undefined)
    return 'the format is not one that can be read: netCDF, CDF, FITS, CCSDS packets, or an ENVI cube with its header next to it';
  return `despite its name, this is not a ${promised.name}, and not in another format that can be read`;
}
