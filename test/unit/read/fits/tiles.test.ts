import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { open, sample } from './fixtures.js';

interface Known {
  readonly what: string;
  readonly dtype: string;
  readonly shape: number[];
  readonly sha256: string;
}

const known = JSON.parse(
  readFileSync(new URL('../../../fixtures/read/fits/tiles/values.json', import.meta.url), 'utf8'),
) as Record<string, Known>;

const typeOf = (data: object): string => data.constructor.name.replace(/^Big/u, '').replace('Array', '').toLowerCase();

it.each(Object.entries(known))('%s: $what', async (name, { dtype, shape, sha256 }) => {
  await using file = await open(sample(`tiles/${name}`), name);
  const [variable] = file.variables.values();
  const image = await variable!.read();
  expect([typeOf(image.data), image.shape]).toEqual([dtype, shape]);
  if (!ArrayBuffer.isView(image.data)) throw new TypeError('no typed array');
  expect(createHash('sha256').update(new Uint8Array(image.data.buffer)).digest('hex')).toBe(sha256);
});

it('the header of a compressed image is that of the image, its group has that of the table', async () => {
  await using file = await open(sample('m13_hcomp.fits'));
  const { attributes } = file.variables.get('COMPRESSED_IMAGE')!;
  expect(attributes).toMatchObject({
    SIMPLE: true,
    BITPIX: 16,
    NAXIS: 2,
    NAXIS1: 300,
    EXTEND: true,
    CTYPE1: 'RA---TAN',
  });
  expect(attributes).toMatchObject({ CHECKSUM: '2f4R3c4O2c4O2c4O', DATASUM: '1803906202' });
  for (const keyword of ['XTENSION', 'TTYPE1', 'ZBITPIX', 'ZTILE1', 'ZNAME1', 'TFIELDS', 'EXTNAME'])
    expect(attributes).not.toHaveProperty(keyword);
  expect(file.groups?.get('COMPRESSED_IMAGE')?.attributes).toMatchObject({
    BITPIX: 8,
    ZBITPIX: 16,
    TTYPE1: 'COMPRESSED_DATA',
  });
});
