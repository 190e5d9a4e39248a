// Files of each format with the same array: float32 of so many planes of 500 x 500, the element with the linear index i is i % 9973.
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export const PLANE = [500, 500];

/** A plane as bytes, in either order. */
function planeAt(index, bigEndian) {
  const [rows, columns] = PLANE;
  const values = new Float32Array(rows * columns);
  const first = index * values.length;
  for (let at = 0; at < values.length; at += 1) values[at] = (first + at) % 9973;
  const bytes = Buffer.from(values.buffer);
  return bigEndian ? bytes.swap32() : bytes;
}

async function flat(path, planes, { head = Buffer.alloc(0), bigEndian, multiple = 1 }) {
  const handle = await open(path, 'w');
  let bytes = head.length;
  if (bytes > 0) await handle.write(head);
  for (let plane = 0; plane < planes; plane += 1) bytes += (await handle.write(planeAt(plane, bigEndian))).bytesWritten;
  await handle.write(Buffer.alloc((multiple - (bytes % multiple)) % multiple));
  await handle.close();
}

const u32 = (...values) => {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [at, value] of values.entries()) bytes.writeUInt32BE(value >>> 0, 4 * at);
  return bytes;
};
const u64 = (...values) => {
  const bytes = Buffer.alloc(8 * values.length);
  for (const [at, value] of values.entries()) bytes.writeBigInt64BE(BigInt(value), 8 * at);
  return bytes;
};
const text = (value, length) => Buffer.from(value.padEnd(length, '\0'), 'latin1');

/** A classic file with one variable. */
function classicHead(planes) {
  const name = (value) => Buffer.concat([u32(value.length), text(value, Math.ceil(value.length / 4) * 4)]);
  const dims = [planes, ...PLANE];
  const head = (begin) =>
    Buffer.concat([
      ...[Buffer.from('CDF\x02', 'latin1'), u32(0, 10, dims.length)],
      ...dims.flatMap((length, at) => [name(`d${at}`), u32(length)]),
      ...[u32(0, 0, 11, 1), name('v'), u32(dims.length, 0, 1, 2, 0, 0, 5), u32(4 * planes * 250_000), u64(begin)],
    ]);
  return head(head(0).length);
}

function fitsHead(planes) {
  const card = (keyword, value) => `${keyword.padEnd(8)}= ${String(value).padStart(20)}`.padEnd(80);
  const axes = [...PLANE].reverse().concat(planes);
  const cards = [card('SIMPLE', 'T'), card('BITPIX', -32), card('NAXIS', 3)];
  for (const [at, length] of axes.entries()) cards.push(card(`NAXIS${at + 1}`, length));
  return Buffer.from([...cards, 'END'.padEnd(80)].join('').padEnd(2880), 'latin1');
}

/** CDF 3 with one zVariable in one block, in the order of small machines. */
function cdfHead(planes) {
  const record = (type, ...fields) => {
    const content = Buffer.concat(fields);
    return Buffer.concat([u64(12 + content.length), u32(type), content]);
  };
  const cdrAt = 8;
  const make = (gdr, vdr, vxr, vvr) => ({
    cdr: record(1, u64(gdr), u32(3, 9, 6, 3, 0, 0, 0, 0, 0), text('', 256)),
    gdr: record(2, u64(0, vdr, 0, vvr + 12 + 4 * planes * 250_000), u32(0, 0, -1, 0, 1), u64(0), u32(0, 20_170_101, 0)),
    vdr: record(
      8,
      ...[u64(0), u32(21, planes - 1), u64(vxr, vxr), u32(1, 0, 0, 0, 0, 1, 0), u64(-1), u32(1), text('v', 256)],
      u32(2, ...PLANE, -1, -1),
    ),
    vxr: record(6, u64(0), u32(1, 1, 0, planes - 1), u64(vvr)),
  });
  const sizes = make(0, 0, 0, 0);
  const gdrAt = cdrAt + sizes.cdr.length;
  const vdrAt = gdrAt + sizes.gdr.length;
  const vxrAt = vdrAt + sizes.vdr.length;
  const vvrAt = vxrAt + sizes.vxr.length;
  const { cdr, gdr, vdr, vxr } = make(gdrAt, vdrAt, vxrAt, vvrAt);
  const magic = u32(0xcdf30001, 0x0000ffff);
  return Buffer.concat([magic, cdr, gdr, vdr, vxr, u64(12 + 4 * planes * 250_000), u32(7)]);
}

async function hdf5(path, planes, chunked) {
  const { default: h5wasm } = await import('h5wasm/node');
  await h5wasm.ready;
  const file = new h5wasm.File(path, 'w');
  const data = new Float32Array(planes * 250_000);
  for (let at = 0; at < data.length; at += 1) data[at] = at % 9973;
  const more = chunked ? { chunks: [4, 250, 250], compression: 1 } : {};
  file.create_dataset({ name: 'v', data, shape: [planes, ...PLANE], dtype: '<f', ...more });
  file.close();
}

const envi = (planes) =>
  `ENVI\nsamples = ${PLANE[1]}\nlines = ${PLANE[0]}\nbands = ${planes}\ndata type = 4\ninterleave = bsq\nbyte order = 0\n`;

/** Writes a file of each format; their paths. */
export async function makeFiles(directory, planes) {
  const at = (name) => join(directory, name);
  await flat(at('plain.cdf'), planes, { head: cdfHead(planes), bigEndian: false });
  await flat(at('classic.nc'), planes, { head: classicHead(planes), bigEndian: true });
  await flat(at('image.fits'), planes, { head: fitsHead(planes), bigEndian: true, multiple: 2880 });
  await flat(at('cube.bsq'), planes, { bigEndian: false });
  await writeFile(at('cube.hdr'), envi(planes));
  await hdf5(at('contiguous.nc'), planes, false);
  await hdf5(at('deflated.nc'), planes, true);
}
