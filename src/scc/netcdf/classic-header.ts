import { readRange } from '../../core/files/read-range.js';

// netCDF classic format specification (CDF-1, 2 and 5).
const LIST_DIMENSIONS = 10;
const LIST_ATTRIBUTES = 12;
const CHAR = 2;
/** Bytes of a value, by its type; 2 is text. */
const SIZES = [0, 1, 1, 2, 4, 4, 8, 1, 2, 4, 8, 8] as const;
const WINDOW = 64 * 1024;
/** More dimensions or attributes than any library writes: only a damaged header has them. */
const MOST_ENTRIES = 100_000;
/** Longer values are none of those that are looked for here. */
const MOST_TEXT = 1024 * 1024;

/**
 * The global attributes of a netCDF classic file (CDF-1, 64-bit offsets, CDF-5): texts, and the first of several numbers.
 *
 * They stand before the variables, so only the beginning of the header is read, whatever the size of the file.
 *
 * @throws Error that says what is wrong, when the header is damaged.
 */
export async function readClassicAttributes(
  path: string,
  bytes: number,
): Promise<[string, string | number | bigint][]> {
  const header = new Header(path, bytes);
  const [, , , version] = await header.take(4);
  header.wide = version === 5;
  await header.count(); // records; all bits set: still being written
  const dimensions = await header.list(LIST_DIMENSIONS);
  for (let at = 0; at < dimensions; at += 1) {
    await header.text(await header.count());
    await header.count();
  }
  const found: [string, string | number | bigint][] = [];
  const attributes = await header.list(LIST_ATTRIBUTES);
  for (let at = 0; at < attributes; at += 1) {
    const name = await header.text(await header.count());
    const value = await header.value();
    if (value !== undefined) found.push([name, value]);
  }
  return found;
}

/** Reads a header from front to back, a window of it at a time. */
class Header {
  wide = false;
  readonly #path: string;
  readonly #bytes: number;
  #at = 0;
  #window = Buffer.alloc(0);
  #from = 0;

  constructor(path: string, bytes: number) {
    this.#path = path;
    this.#bytes = bytes;
  }

  async take(length: number): Promise<Buffer> {
    if (length > this.#bytes - this.#at)
      throw new Error(`the header goes on behind the end of the file, at ${this.#at}`);
    const inside = this.#at - this.#from;
    if (inside < 0 || inside + length > this.#window.length) {
      this.#window = Buffer.from(await readRange(this.#path, this.#at, Math.max(length, WINDOW)));
      this.#from = this.#at;
    }
    const start = this.#at - this.#from;
    this.#at += length;
    const taken = this.#window.subarray(start, start + length);
    if (taken.length < length) throw new Error('the file became shorter while it was read');
    return taken;
  }

  /** A count: four bytes, or eight. */
  async count(): Promise<number> {
    if (!this.wide) return (await this.take(4)).readUInt32BE();
    return Number((await this.take(8)).readBigUInt64BE());
  }

  /** The length of a list; absent lists have the tag 0. */
  async list(tag: number): Promise<number> {
    const seen = (await this.take(4)).readUInt32BE();
    const length = await this.count();
    if (seen === 0 && length === 0) return 0;
    if (seen !== tag) throw new Error(`the header has the tag ${seen} in place of ${tag}, before ${this.#at}`);
    if (length > MOST_ENTRIES) throw new Error(`the header has a list of ${length} entries, before ${this.#at}`);
    return length;
  }

  async text(length: number): Promise<string> {
    return (await this.#padded(length)).toString('utf8');
  }

  /** A value; `undefined` where it is empty, or too long to be of use. */
  async value(): Promise<string | number | bigint | undefined> {
    const type = (await this.take(4)).readUInt32BE();
    const size = SIZES[type] ?? 0;
    if (size === 0) throw new Error(`the header has a value of the unknown type ${type}, before ${this.#at}`);
    const length = (await this.count()) * size;
    if (length > MOST_TEXT) {
      this.#skip(length);
      return undefined;
    }
    const bytes = await this.#padded(length);
    if (type === CHAR) return bytes.toString('utf8');
    return length === 0 ? undefined : numberOf(type, bytes);
  }

  async #padded(length: number): Promise<Buffer> {
    return (await this.take(padded(length))).subarray(0, length);
  }

  #skip(length: number): void {
    if (padded(length) > this.#bytes - this.#at) throw new Error('the header goes on behind the end of the file');
    this.#at += padded(length);
  }
}

function padded(length: number): number {
  return Math.ceil(length / 4) * 4;
}

function numberOf(type: number, bytes: Buffer): number | bigint | undefined {
  switch (type) {
    case 1:
      return bytes.readInt8();
    case 3:
      return bytes.readInt16BE();
    case 4:
      return bytes.readInt32BE();
    case 5:
      return bytes.readFloatBE();
    case 6:
      return bytes.readDoubleBE();
    case 7:
      return bytes.readUInt8();
    case 8:
      return bytes.readUInt16BE();
    case 9:
      return bytes.readUInt32BE();
    case 10:
      return bytes.readBigInt64BE();
    case 11:
      return bytes.readBigUInt64BE();
    default:
      return undefined;
  }
}
