import { createHash } from 'node:crypto';
import { buffered } from '../source/buffered.js';
import type { ByteSource } from '../source/byte-source.js';
import { memorySource } from '../source/sources.js';
import { DataError } from '../data-error.js';
import { compressionAt, expand, LARGEST_FACTOR } from './compression.js';
import { recordsOf, type Records } from './records.js';

const MAGIC_BYTES = 8;
const MD5_BYTES = 16;
const [PLAIN, COMPRESSED] = [0x0000ffff, 0xcccc0001];
/** The first word, and whether positions have 8 bytes. */
const VERSIONS = new Map([
  [0xcdf30001, true],
  [0xcdf26002, false],
  [0x0000ffff, false],
]);

/** A file without the compression of the file as a whole. */
export interface Container {
  /** Of the content: the file itself, or memory. */
  readonly records: Records;
  /** The same with its last blocks kept, for headers. */
  readonly headers: Records;
  /** Whether a compressed file, which is read as a whole, ends with the digest of its bytes. */
  readonly matchesDigest?: () => Promise<boolean>;
}

/** Looks at the first bytes, and undoes the compression of the whole file. */
export async function containerOf(source: ByteSource): Promise<Container> {
  if (source.size < MAGIC_BYTES) throw notCdf(source);
  const magic = await source.read(0, MAGIC_BYTES);
  const view = new DataView(magic.buffer);
  const isWide = VERSIONS.get(view.getUint32(0));
  const packing = view.getUint32(4);
  if (isWide === undefined || (packing !== PLAIN && packing !== COMPRESSED)) throw notCdf(source);
  if (packing === PLAIN) return { records: recordsOf(source, isWide), headers: recordsOf(buffered(source), isWide) };
  const content = memorySource(await contentOf(recordsOf(source, isWide), magic), source.path);
  const records = recordsOf({ ...content, close: () => source.close() }, isWide);
  return { records, headers: records, matchesDigest: () => matchesDigest(source) };
}

const notCdf = (source: ByteSource): DataError =>
  new DataError('this is not a CDF file: it does not begin as one', { path: source.path, offset: 0 });

/** The same magic bytes, and then what was packed. */
async function contentOf(records: Records, magic: Uint8Array): Promise<Uint8Array> {
  const fields = await records.read(MAGIC_BYTES, ['CCR']);
  const parameters = fields.link();
  const size = fields.wide();
  fields.skip(4);
  const packed = fields.bytes(fields.size - records.headBytes - 2 * records.wideBytes - 4);
  if (parameters === undefined) throw records.error('the method of compression is not given', fields.offset);
  const compression = await compressionAt(records, parameters);
  if (size < 0 || size > packed.byteLength * LARGEST_FACTOR[compression])
    throw records.error(
      `${packed.byteLength} bytes (${compression}) cannot expand to the ${size} bytes that this record states`,
      fields.offset,
    );
  try {
    const content = await expand(packed, compression, size);
    if (content.byteLength !== size) throw new Error(`${content.byteLength} bytes where ${size} are expected`);
    return Buffer.concat([magic, content]);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw records.error(`the compressed content (${compression}) is damaged: ${why}`, fields.offset);
  }
}

/** Whether the last bytes are the digest of those before them. */
async function matchesDigest(source: ByteSource): Promise<boolean> {
  const end = source.size - MD5_BYTES;
  if (end < MAGIC_BYTES) return false;
  const bytes = await source.read(0, source.size);
  const digest = createHash('md5').update(bytes.subarray(0, end)).digest();
  return digest.equals(bytes.subarray(end));
}
