import { expect, test } from 'vitest';
import { Arguments } from '../../../src/core/operation/arguments.js';
import { checkOrder } from '../../../src/scops/order/check.js';
import { orderFields, type OrderFields } from '../../../src/scops/order/fields.js';
import { decimal } from '../../../src/scops/order/text.js';
import { carriesTag } from '../../../src/scops/order/tag.js';
import { flight, order } from './flight.js';

async function fill(change: Parameters<typeof order>[0] = {}, of = flight()): Promise<OrderFields> {
  const args = new Arguments('scops.submit');
  return orderFields(args, await checkOrder(args, order({ flight: of, ...change }), 'GB13_08'), of);
}
const value = ({ fields }: OrderFields, name: string): string | undefined => fields.find(([key]) => key === name)?.[1];

test('the smallest order has the fields of the page, and nothing else', async () => {
  const filled = await fill({ lines: [{ name: 'f21701', bands: [1, 20] }] });
  expect(filled.fields).toEqual([
    ['julianday', '217'],
    ['sortie', 'None'],
    ['year', '2014'],
    ['project', 'GB13_08'],
    ['email', 'me@institute.org'],
    ['bound_n', '50.36'],
    ['bound_s', '50.3'],
    ['bound_e', '-4.1'],
    ['bound_w', '-4.25'],
    ['pixel_size_x', '2.0'],
    ['pixel_size_y', '2.0'],
    ['projectionRadios', 'UKBNG'],
    ['projString', filled.tag],
    ['optionsIntRadios', 'nearest'],
    ['optionsDemRadios', 'aster'],
    ['mask_all_check', 'on'],
    ['process_all_lines', 'on'],
    ['f21701_line_check', 'on'],
    ['f21701_band_start', '1'],
    ['f21701_band_stop', '20'],
    ['bandratio', 'no'],
  ]);
});

test('bands default to all of the line', async () => {
  expect(value(await fill(), 'f21701_band_stop')).toBe('20');
});

test('band maths holds the order, the default does not (notes 8.1)', async () => {
  expect(value(await fill({ bandMath: true }), 'bandratio')).toBe('on');
  expect(value(await fill(), 'bandratio')).toBe('no');
});

test('boxes are on or left out (pitfall 24), masks take exactly one form (pitfall 32)', async () => {
  const masks = async (wanted: unknown): Promise<[string, string][]> =>
    (await fill({ masks: wanted })).fields.filter(([key]) => key.includes('mask')).map(([key, text]) => [key, text]);
  expect(await masks('none')).toEqual([['mask_none_check', 'on']]);
  expect(await masks('all')).toEqual([['mask_all_check', 'on']]);
  expect(await masks(['method-a', 'overflows', 'u', 'underflows'])).toEqual([
    ['mask_check_u', 'on'],
    ['mask_check_o', 'on'],
    ['mask_check_a', 'on'],
  ]);
  for (const [key, text] of (await fill({ masks: ['q'] })).fields) if (key.includes('check')) expect(text).toBe('on');
});

test('no field breaks the rules of the server: no proj_string key, no ; and no % (notes 5.5)', async () => {
  for (const [key, text] of (await fill({ projection: { proj: '+proj=longlat' }, pixelSize: 0.00001 })).fields) {
    expect(key).not.toContain('proj_string');
    expect(text).toMatch(/^[\x20-\x7e]*$/u);
    expect(text).not.toMatch(/[;%]/u);
  }
});

test('the nearest selectable size is chosen when the optimal one is not selectable (pitfall 14)', async () => {
  const odd = flight({ optimalPixelSize: 1.8 });
  expect(value(await fill({}, odd), 'pixel_size_x')).toBe('2.0');
  expect(value(await fill({}, flight({ optimalPixelSize: 1.75 })), 'pixel_size_y')).toMatch(/^(?:1\.5|2\.0)$/u);
});

test('sizes and tiny numbers are written as plain decimals', async () => {
  expect(value(await fill({ pixelSize: [1, 2.5] }), 'pixel_size_y')).toBe('2.5');
  const free = await fill({ projection: { proj: '+proj=longlat' }, pixelSize: 0.000001 });
  expect(value(free, 'pixel_size_x')).toBe('0.000001');
  expect(decimal(0.0000001)).toBe('0.0000001');
});

test('each order carries a tag of its own in projString', async () => {
  const [one, other] = [await fill(), await fill()];
  expect(one.tag).not.toBe(other.tag);
  expect(carriesTag({ projstring: one.tag }, one.tag)).toBe(true);
  expect(carriesTag({ projstring: one.tag }, other.tag)).toBe(false);
  expect(carriesTag(undefined, one.tag)).toBe(false);
});

test('with a PROJ text the tag is in trailing zeros of the bounds', async () => {
  const filled = await fill({ projection: { proj: '+proj=longlat' }, pixelSize: 0.00001 });
  expect(value(filled, 'projectionRadios')).toBe('proj_string');
  expect(value(filled, 'projString')).toBe('+proj=longlat');
  const [n, e, s, w] = ['n', 'e', 's', 'w'].map((side) => value(filled, `bound_${side}`)!);
  expect(Number(n)).toBe(50.36);
  expect(n).toMatch(/^50\.360+$/u);
  expect(carriesTag({ bounds: `${n} ${e} ${s} ${w}` }, filled.tag)).toBe(true);
  expect(carriesTag({ bounds: '50.36 -4.1 50.3 -4.25' }, filled.tag)).toBe(false);
});

test('an FTP elevation model is told as such, others by name', async () => {
  expect(value(await fill({ dem: 'ftp' }), 'optionsDemUploadRadios')).toBe('ftp_true');
  expect(value(await fill({ dem: 'ftp' }), 'optionsDemRadios')).toBe('upload');
  expect(value(await fill({ dem: 'srtm' }), 'optionsDemRadios')).toBe('srtm');
});

test('lines of Eagle can be sent where the server is repaired (pitfall 13)', async () => {
  const filled = await fill({ lines: [{ name: 'e21702' }], allowUnorderableLines: true });
  expect(value(filled, 'e21702_line_check')).toBe('on');
});
