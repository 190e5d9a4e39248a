import { crc32, deflateRawSync } from 'node:zlib';

/** One file, or with a trailing slash in its name one folder, of an archive. */
export interface ZipInput {
  readonly name: string;
  readonly data: Uint8Array | string;
}

const UTF8_NAMES = 0x0800;
/** 1 January 2021, midnight, as MS-DOS writes it. */
const DOS_DATE = ((2021 - 1980) << 9) | (1 << 5) | 1;

/** A small zip archive; `store` leaves the members uncompressed. Without members: the empty zip (`PK\x05\x06`). */
export function makeZip(
  members: readonly ZipInput[],
  options: { readonly store?: boolean } = {},
): Uint8Array<ArrayBuffer> {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name, 'utf8');
    const data = Buffer.from(member.data);
    const stored = options.store === true || data.length === 0;
    const packed = stored ? data : deflateRawSync(data);
    const common = commonFields(stored ? 0 : 8, crc32(data), packed.length, data.length, name.length);
    const head = Buffer.concat([Buffer.from('PK\x03\x04\x14\x00', 'latin1'), common, name]);
    local.push(head, packed);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    central.push(Buffer.from('PK\x01\x02\x14\x00\x14\x00', 'latin1'), common, tail, name);
    offset += head.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return new Uint8Array(Buffer.concat([...local, directory, end]));
}

/** Flags, method, time, date, checksum, both sizes, length of the name, length of the extra field: the same in both headers. */
function commonFields(method: number, crc: number, packed: number, size: number, nameLength: number): Buffer {
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(UTF8_NAMES, 0);
  fields.writeUInt16LE(method, 2);
  fields.writeUInt16LE(0, 4);
  fields.writeUInt16LE(DOS_DATE, 6);
  fields.writeUInt32LE(crc, 8);
  fields.writeUInt32LE(packed, 12);
  fields.writeUInt32LE(size, 16);
  fields.writeUInt16LE(nameLength, 20);
  fields.writeUInt16LE(0, 22);
  return fields;
}
