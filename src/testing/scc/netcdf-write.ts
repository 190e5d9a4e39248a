const NC_DIMENSION = 10;
const NC_VARIABLE = 11;
const NC_ATTRIBUTE = 12;
const NC_CHAR = 2;
const NC_FLOAT = 5;

/**
 * A small netCDF 3 (classic) file: text attributes, and one variable `range(points)` in metres.
 *
 * @param attributes - Global attributes, such as `Measurement_ID`.
 * @param points - How many values the variable has; default 64.
 */
export function makeNetcdf(attributes: Readonly<Record<string, string>>, points = 64): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(attributes);
  const head = [
    Buffer.from('CDF\x01', 'latin1'),
    int(0),
    int(NC_DIMENSION, 1),
    name('points'),
    int(points),
    int(NC_ATTRIBUTE, entries.length),
    ...entries.flatMap(([key, value]) => [name(key), int(NC_CHAR, Buffer.byteLength(value)), padded(value)]),
    int(NC_VARIABLE, 1),
    name('range'),
    int(1, 0),
    int(0, 0),
    int(NC_FLOAT, points * 4),
  ];
  const begin = head.reduce((sum, part) => sum + part.length, 4);
  const values = Buffer.alloc(points * 4);
  for (let index = 0; index < points; index += 1) values.writeFloatBE(7.5 * index, index * 4);
  return new Uint8Array(Buffer.concat([...head, int(begin), values]));
}

function int(...values: number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4);
  values.forEach((value, index) => bytes.writeInt32BE(value, index * 4));
  return bytes;
}

function name(text: string): Buffer {
  return Buffer.concat([int(Buffer.byteLength(text)), padded(text)]);
}

function padded(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8');
  return Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);
}
