import type { DataType } from '../types.js';

/** The columns of the table, one entry for each packet. */
export interface PacketTable {
  /** 32 bits where they hold every offset of the file, which is quicker to go on with; else doubles. */
  offset: Uint32Array | Float64Array;
  identification: Uint16Array;
  sequence: Uint16Array;
  dataLength: Uint16Array;
  shcoarse: Uint32Array;
}

/** An empty table for so many packets of a file of this size. */
export function packetTable(size: number, capacity: number): PacketTable {
  return {
    offset: size <= 2 ** 32 ? new Uint32Array(capacity) : new Float64Array(capacity),
    identification: new Uint16Array(capacity),
    sequence: new Uint16Array(capacity),
    dataLength: new Uint16Array(capacity),
    shcoarse: new Uint32Array(capacity),
  };
}

/** The first packets of a table in a table of another capacity. */
export function resized(table: PacketTable, size: number, packets: number, capacity: number): PacketTable {
  const next = packetTable(size, capacity);
  next.offset.set(table.offset.subarray(0, packets));
  next.identification.set(table.identification.subarray(0, packets));
  next.sequence.set(table.sequence.subarray(0, packets));
  next.dataLength.set(table.dataLength.subarray(0, packets));
  next.shcoarse.set(table.shcoarse.subarray(0, packets));
  return next;
}

/** A column of the file: how it comes out of the table. */
export interface Column {
  readonly name: string;
  readonly dtype: DataType;
  readonly long_name: string;
  readonly make: (length: number) => Uint8Array | Uint16Array | Uint32Array | Float64Array;
  readonly from: (table: PacketTable) => Uint16Array | Uint32Array | Float64Array;
  /** Bits of a word of 16. */
  readonly shift: number;
  readonly mask: number | undefined;
}

/** The variables of a file of packets. */
export function columnsOf(table: PacketTable): readonly Column[] {
  const bits = (
    name: string,
    long_name: string,
    from: Column['from'],
    [shift, mask]: readonly [shift: number, mask: number],
  ): Column =>
    mask > 255
      ? { name, dtype: 'uint16', long_name, make: (length) => new Uint16Array(length), from, shift, mask }
      : { name, dtype: 'uint8', long_name, make: (length) => new Uint8Array(length), from, shift, mask };
  const whole = (name: string, long_name: string, from: Column['from']): Column => {
    const values = from(table);
    const [dtype, make] =
      values instanceof Float64Array
        ? (['float64', (length: number) => new Float64Array(length)] as const)
        : values instanceof Uint32Array
          ? (['uint32', (length: number) => new Uint32Array(length)] as const)
          : (['uint16', (length: number) => new Uint16Array(length)] as const);
    return { name, dtype, long_name, make, from, shift: 0, mask: undefined };
  };
  return [
    whole('offset', 'byte of the file at which the packet begins', ({ offset }) => offset),
    bits('version', 'packet version number', ({ identification }) => identification, [13, 7]),
    bits('type', 'packet type: 0 telemetry, 1 command', ({ identification }) => identification, [12, 1]),
    bits('secondaryHeader', 'secondary header flag', ({ identification }) => identification, [11, 1]),
    bits('apid', 'application process identifier', ({ identification }) => identification, [0, 2047]),
    bits(
      'sequenceFlags',
      'sequence flags: 3 alone, 1 first, 0 continuation, 2 last',
      ({ sequence }) => sequence,
      [14, 3],
    ),
    bits('sequenceCount', 'packet sequence count of the APID, modulo 16384', ({ sequence }) => sequence, [0, 16383]),
    whole('dataLength', 'bytes after the primary header minus 1', ({ dataLength }) => dataLength),
    whole('shcoarse', 'spacecraft clock, whole seconds (MET)', ({ shcoarse }) => shcoarse),
  ];
}
