import { expect, it } from 'vitest';
import { open } from './fixtures.js';
import { card, empty, file, hdu, numbers, table } from './make.js';

const image = (name: string, value: number, more: string[] = []) =>
  hdu(16, [1], numbers.i16(value), { extension: 'IMAGE', more: [card('EXTNAME', name), ...more] });

it('names: the primary HDU, EXTNAME, numbers, and the same name again', async () => {
  const unnamed = hdu(16, [1], numbers.i16(4), { extension: 'IMAGE' });
  const found = await open(
    file(empty, image('SCI', 1), image('SCI', 2), unnamed, image('SCI#2', 5), image('SCI', 6), image('PRIMARY', 7)),
  );
  const names = ['SCI', 'SCI#2', 'HDU3', 'SCI#2#2', 'SCI#3', 'PRIMARY#2'];
  expect([...found.variables.keys()]).toEqual(names);
  expect([...(found.groups?.keys() ?? [])]).toEqual(['PRIMARY', ...names]);
  expect((await found.variables.get('SCI#3')!.read()).data).toEqual(Int16Array.of(6));
});

it('random groups are refused by name, and what follows is read', async () => {
  const groups = hdu(16, [0, 3, 2], numbers.i16(...Array.from({ length: 4 * (2 + 6) }, (_, index) => index)), {
    more: [card('GROUPS', true), card('PCOUNT', 2), card('GCOUNT', 4)],
  });
  const found = await open(file(groups, image('NEXT', 9)), 'uv.fits');
  expect((await found.variables.get('NEXT')!.read()).data).toEqual(Int16Array.of(9));
  expect(found.warnings).toEqual(['PRIMARY holds random groups, which are not read']);
  await expect(found.variables.get('PRIMARY')!.read()).rejects.toMatchObject({
    name: 'DataError',
    path: 'uv.fits',
    message: expect.stringContaining('random groups') as string,
  });
});

it('a compressed table is refused by name', async () => {
  const packed = table([{ name: 'X', form: '1PB(3)' }], [numbers.i32(0, 0)], undefined, [
    card('ZTABLE', true),
    card('ZNAXIS2', 5),
    card('EXTNAME', 'T'),
  ]);
  const found = await open(file(empty, packed, image('NEXT', 1)));
  expect([...found.variables.keys()]).toEqual(['T/X', 'NEXT']);
  await expect(found.variables.get('T/X')!.read()).rejects.toThrow(/T is a compressed table \(ZTABLE\)/u);
});

it('an extension of another type is left out, with a warning', async () => {
  const found = await open(file(empty, hdu(8, [3], Buffer.alloc(3), { extension: 'FOREIGN' }), image('NEXT', 1)));
  expect([...found.variables.keys()]).toEqual(['NEXT']);
  expect(found.groups?.has('HDU1')).toBe(true);
  expect(found.warnings).toEqual(['HDU1 is an extension of the type "FOREIGN", which is not read']);
});

it('a last block that is cut short is read as long as the data are whole', async () => {
  const whole = file(empty, hdu(16, [3], numbers.i16(1, 2, 3), { extension: 'IMAGE' }));
  const found = await open(whole.subarray(0, 5760 + 6));
  expect((await found.variables.get('HDU1')!.read()).data).toEqual(Int16Array.of(1, 2, 3));
  expect(found.warnings).toEqual(['the last block of HDU1 is not padded: 2874 bytes are missing']);
  await expect(open(whole.subarray(0, 5760 + 5), 'cut.fits')).rejects.toMatchObject({
    name: 'DataError',
    path: 'cut.fits',
    offset: 2880,
  });
});

it('bytes behind the last HDU are left out, with a warning', async () => {
  const found = await open(file(hdu(16, [1], numbers.i16(7)), Buffer.from('no HDU')));
  expect((await found.variables.get('PRIMARY')!.read()).data).toEqual(Int16Array.of(7));
  expect(found.warnings).toEqual(['6 bytes from byte 5760 on do not belong to any HDU']);
});

it.each([
  ['no FITS', Buffer.from('x'.repeat(80) + 'END'.padEnd(2800)), /not a FITS file/u],
  ['nothing', Buffer.alloc(0), /no END/u],
  ['no END', Buffer.from(card('SIMPLE', true).repeat(72)), /no END/u],
  ['data in place of cards', file(Buffer.from(card('SIMPLE', true)), Buffer.alloc(2800)), /card of a header/u],
  ['another BITPIX', hdu(12, [], Buffer.alloc(0)), /BITPIX is 12/u],
  ['an axis below 0', hdu(8, [-1], Buffer.alloc(0)), /NAXIS1 is -1/u],
  ['an axis beyond all files', hdu(8, [2 ** 40, 2 ** 40], Buffer.alloc(0)), /the file ends/u],
  [
    'too many axes',
    hdu(8, [], Buffer.alloc(0), { more: [] }).fill('NAXIS   =                 1000', 160, 190),
    /NAXIS is 1000/u,
  ],
])('%s: an error that says so', async (_, content, message) => {
  await expect(open(content)).rejects.toThrow(message);
  await expect(open(content)).rejects.toMatchObject({ name: 'DataError', code: 'data' });
});
