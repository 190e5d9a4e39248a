import { exactly, type EndSteps } from '../../core/transfer/body/ends/end-judge.js';
import { endOfFile } from '../../core/transfer/body/ends/judge-file.js';
import { LISTS, NetcdfHeader } from '../../core/transfer/body/ends/netcdf.js';

type Attribute = readonly [name: string, value: string | number | bigint];

const CHAR = 2;

/**
 * The global attributes of a netCDF classic file (CDF-1, 64-bit offsets, CDF-5): texts, and the first of several numbers.
 *
 * They come before the variables, so only the beginning of the header is read, whatever the size of the file.
 *
 * @throws Error that says what is wrong, when the header is damaged.
 */
export async function readClassicAttributes(path: string, bytes: number): Promise<readonly Attribute[]> {
  const found = await endOfFile(attributes, path, bytes);
  if (found.kind === 'cut') throw new Error(found.why);
  return found.attributes;
}

function* attributes(): EndSteps<{ readonly kind: 'attributes'; readonly attributes: readonly Attribute[] }> {
  const version = (yield* exactly(3, 1)).getUint8(0);
  const header = new NetcdfHeader(version === 1 || version === 5 ? version : 2);
  yield* header.count(); // records; all bits set: still being written
  for (let left = yield* header.list(LISTS.dimensions); left > 0; left -= 1) {
    yield* header.skipName();
    yield* header.count();
  }
  const found: Attribute[] = [];
  for (let left = yield* header.list(LISTS.attributes); left > 0; left -= 1) {
    const name = yield* header.name();
    const given = yield* header.value();
    const value = given && (given.type === CHAR ? given.bytes.toString('utf8') : numberOf(given.type, given.bytes));
    if (value !== undefined) found.push([name, value]);
  }
  return { kind: 'attributes', attributes: found };
}

function numberOf(type: number, bytes: Buffer): number | bigint | undefined {
  if (bytes.length === 0) return undefined;
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
