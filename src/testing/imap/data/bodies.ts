import { makeZip } from '../../kit/zip.js';
import { baseName, classify } from '../names/classify.js';
import type { ArchiveName } from '../names/types.js';
import { samplePacketFile } from '../packets/sample-file.js';
import { hash, noise } from './noise.js';
import { tableText } from './tables.js';

/** A small body of the format that the name promises; the same for the same name. */
export function sampleBody(path: string): Uint8Array<ArrayBuffer> {
  const name = baseName(path);
  const file = classify(name);
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (file?.family === 'spice' && (file.directory === 'spin' || file.directory === 'repoint'))
    return text(tableText(file));
  const make = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  return make?.(name, file) ?? noise(name, 256 + (hash(name) % 512));
}

type Make = (name: string, file: ArchiveName | undefined) => Uint8Array<ArrayBuffer>;

const FORMATS: Readonly<Record<string, Make>> = {
  cdf,
  pkts: (name, file) => samplePacketFile(file?.family === 'science' ? file : undefined, name),
  json: (name) => text(`{"source": "${name}", "value": ${String(hash(name) % 1000)}}\n`),
  csv: (name) => text(`time,value\n2026-01-01T00:00:00,${String(hash(name) % 1000)}\n2026-01-02T00:00:00,1\n`),
  tsv: (name) => text(`time\tvalue\n2026-01-01T00:00:00\t${String(hash(name) % 1000)}\n`),
  dat: (name) => text(`# ${name}\n1.0 2.0 ${String(hash(name) % 1000)}\n`),
  txt: () => text('\n'),
  pgm: (name) => joined(text('P5\n16 16\n255\n'), noise(name, 256)),
  zip: (name) => makeZip([{ name: `${name}.txt`, data: `${name}\n` }]),
  xlsx: (name) => makeZip([{ name: '[Content_Types].xml', data: `<Types/><!-- ${name} -->` }]),
  png: (name) => joined(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), noise(name, 512)),
  jpg: (name) => joined(new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0]), noise(name, 512)),
  pdf: (name) => joined(text('%PDF-1.4\n'), noise(name, 256), text('\n%%EOF\n')),
  bc: (name) => binaryKernel('DAF/CK  ', name),
  bsp: (name) => binaryKernel('DAF/SPK ', name),
  bpc: (name) => binaryKernel('DAF/PCK ', name),
  tls: (name) => textKernel('KPL/LSK', name),
  tf: (name) => textKernel('KPL/FK', name),
  tpc: (name) => textKernel('KPL/PCK', name),
  tsc: (name) => textKernel('KPL/SCLK', name),
  tm: (name) => textKernel('KPL/MK', name),
  mk: (name) => textKernel('KPL/MK', name),
  sff: (name) => text(`; thruster firings, ${name}\n2026-01-05T06:00:00.000 2026-01-05T06:00:12.500 4\n`),
};

/** A CDF 3.9 file as far as its descriptor record; noise where the variables would be. */
function cdf(name: string): Uint8Array<ArrayBuffer> {
  const head = Buffer.alloc(320);
  head.writeUInt32BE(0xcdf30001, 0);
  head.writeUInt32BE(0x0000ffff, 4);
  head.writeBigUInt64BE(312n, 8);
  head.writeUInt32BE(1, 16);
  head.writeBigUInt64BE(320n, 20);
  [3, 9, 6, 3, 0, 0, 0, 2].forEach((field, index) => head.writeUInt32BE(field, 28 + 4 * index));
  head.writeInt32BE(-1, 60);
  head.write(`\nCommon Data Format (CDF)\nsimulated: ${name}\n`.slice(0, 255), 64, 'latin1');
  return joined(new Uint8Array(head), noise(name, 512 + (hash(name) % 2048)));
}

function binaryKernel(id: string, name: string): Uint8Array<ArrayBuffer> {
  const record = Buffer.alloc(1024);
  record.write(id, 0, 'latin1');
  record.writeInt32LE(2, 8);
  record.writeInt32LE(6, 12);
  record.write(name, 16, 60, 'latin1');
  record.write('LTL-IEEE', 88, 'latin1');
  return joined(new Uint8Array(record), noise(name, 1024));
}

function textKernel(id: string, name: string): Uint8Array<ArrayBuffer> {
  return text(
    `${id}\n\n${name}\n\n\\begindata\n\nSIMULATED_KERNEL = ( ${String(hash(name) % 1000)} )\n\n\\begintext\n`,
  );
}

function text(content: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(content));
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat(parts));
}
