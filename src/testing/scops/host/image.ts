import { makeZip } from '../../kit/zip.js';

/** What a mapped image holds. */
export interface MappedImage {
  readonly product: string;
  readonly columns: number;
  readonly rows: number;
  readonly bands: number;
  readonly dataType: 'uint16' | 'float32';
  readonly pixel: readonly [x: string, y: string];
}

/** Bytes of the image alone. */
export function imageBytes({ columns, rows, bands, dataType }: MappedImage): number {
  return columns * rows * bands * (dataType === 'uint16' ? 2 : 4);
}

/** The delivered zip: an ENVI image, band interleaved by line, and its header. */
export function imageZip(image: MappedImage): Uint8Array {
  const name = `${image.product}3b_mapped.bil`;
  return makeZip([
    { name, data: pixels(image) },
    { name: `${name}.hdr`, data: header(image) },
  ]);
}

/** A smooth surface with some noise, the same at each call. */
function pixels(image: MappedImage): Uint8Array {
  const { columns, bands, dataType } = image;
  const data = new Uint8Array(imageBytes(image));
  const view = new DataView(data.buffer);
  const width = dataType === 'uint16' ? 2 : 4;
  let noise = image.product.length;
  for (let at = 0; at * width < data.length; at += 1) {
    noise = (noise * 75 + 74) % 65_537;
    const column = at % columns;
    const band = Math.floor(at / columns) % bands;
    const row = Math.floor(at / (columns * bands));
    const value = 500 + band * 40 + Math.round(200 * Math.sin((column + row) / 9)) + (noise % 64);
    if (dataType === 'uint16') view.setUint16(at * 2, value, true);
    else view.setFloat32(at * 4, value / 10_000, true);
  }
  return data;
}

function header(image: MappedImage): string {
  return [
    'ENVI',
    `description = {${image.product} mapped}`,
    `samples = ${image.columns}`,
    `lines = ${image.rows}`,
    `bands = ${image.bands}`,
    'header offset = 0',
    'file type = ENVI Standard',
    `data type = ${image.dataType === 'uint16' ? 12 : 4}`,
    'interleave = bil',
    'byte order = 0',
    `map info = {Arbitrary, 1, 1, 0, 0, ${image.pixel.join(', ')}, units=Meters}`,
    'data ignore value = 0',
    '',
  ].join('\n');
}
