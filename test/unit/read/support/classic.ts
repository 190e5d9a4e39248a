const [SHORT, DIMENSIONS, VARIABLES] = [3, 10, 11];

interface MadeVariable {
  readonly name: string;
  /** Indices of dimensions; 0 is that of the records. */
  readonly dims: readonly number[];
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.byteLength % 4)) % 4)]);
const name = (text: string): Buffer => Buffer.concat([word(text.length), padded(Buffer.from(text))]);
const NONE = Buffer.alloc(8);

/**
 * A netCDF classic file whose variables are all records of 16-bit integers: the element with the linear index i of each is i modulo 30011.
 *
 * @param lengths - Of the dimensions; the first one is that of the records.
 */
export function classicFile(lengths: readonly number[], variables: readonly MadeVariable[]): Buffer {
  const [records = 0] = lengths;
  const inner = variables.map(({ dims }) => dims.slice(1).reduce((all, dim) => all * (lengths[dim] ?? 1), 1));
  const sizes = inner.map((count) => Math.ceil((2 * count) / 4) * 4);
  const head = (begins: readonly number[]): Buffer =>
    Buffer.concat([
      ...[Buffer.from('CDF\x01', 'latin1'), word(records), word(DIMENSIONS), word(lengths.length)],
      ...lengths.flatMap((length, at) => [name(`d${at}`), word(at === 0 ? 0 : length)]),
      ...[NONE, word(VARIABLES), word(variables.length)],
      ...variables.flatMap((one, at) => [
        ...[name(one.name), word(one.dims.length), ...one.dims.map(word), NONE],
        ...[word(SHORT), word(sizes[at] ?? 0), word(begins[at] ?? 0)],
      ]),
    ]);
  const start = head([]).byteLength;
  const begins = sizes.map((_, at) => start + sizes.slice(0, at).reduce((all, bytes) => all + bytes, 0));
  const data = Array.from({ length: records }, (_, record) =>
    inner.map((count) => {
      const bytes = Buffer.alloc(Math.ceil((2 * count) / 4) * 4);
      for (let at = 0; at < count; at += 1) bytes.writeInt16BE((record * count + at) % 30011, 2 * at);
      return bytes;
    }),
  );
  return Buffer.concat([head(begins), ...data.flat()]);
}
