import { byteOrderOf } from './encodings.js';
import type { Budget, Records } from './records.js';

/** What the CDR and the GDR record say about the file. */
export interface Header {
  readonly bigEndian: boolean;
  readonly isRowMajor: boolean;
  /** Whether the last 16 bytes of the file are an MD5 digest. */
  readonly hasDigest: boolean;
  /** Whether VDR records have 128 unused bytes. */
  readonly hasGap: boolean;
  /** Where the lists begin. */
  readonly rVariables: number | undefined;
  readonly zVariables: number | undefined;
  readonly attributes: number | undefined;
  /** Where the file ends, apart from the digest. */
  readonly end: number;
  /** The date of the writer's table of leap seconds as YYYYMMDD; 0 or -1 where it is not given. */
  readonly leapTable: number;
  /** The dimensions of rVariables. */
  readonly dims: readonly number[];
}

const CDR_OFFSET = 8;
const [ROW_MAJOR, SINGLE_FILE, MD5] = [1, 2, 8];

/** Reads both records. */
export async function headerOf(records: Records, spend: Budget): Promise<Header> {
  const cdr = await records.read(CDR_OFFSET, ['CDR']);
  spend(cdr);
  const [gdrOffset, version, release, encoding, flags] = [cdr.link(), cdr.int(), cdr.int(), cdr.int(), cdr.int()];
  if (version !== (records.wideBytes === 8 ? 3 : 2))
    throw records.error(`the CDF version ${version}.${release} is not supported, or not that of the file`, CDR_OFFSET);
  if ((flags & SINGLE_FILE) === 0)
    throw records.error('a CDF of several files (.v0, .z0 next to it) is not supported', CDR_OFFSET);
  const order = byteOrderOf(encoding);
  if ('refusal' in order) throw records.error(order.refusal, CDR_OFFSET);
  if (gdrOffset === undefined) throw records.error('the position of the GDR record is missing', CDR_OFFSET);
  const gdr = await records.read(gdrOffset, ['GDR']);
  spend(gdr);
  const [rVariables, zVariables, attributes, end] = [gdr.link(), gdr.link(), gdr.link(), gdr.wide()];
  gdr.skip(12);
  const rank = gdr.int();
  gdr.skip(4);
  gdr.link();
  gdr.skip(4);
  const leapTable = gdr.int();
  gdr.skip(4);
  return {
    bigEndian: order.bigEndian,
    isRowMajor: (flags & ROW_MAJOR) !== 0,
    hasDigest: (flags & MD5) !== 0,
    hasGap: version === 2 && release < 5,
    rVariables,
    zVariables,
    attributes,
    end,
    leapTable,
    dims: gdr.ints(rank),
  };
}
