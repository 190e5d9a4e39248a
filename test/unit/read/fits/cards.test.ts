import { expect, it } from 'vitest';
import { card, hdu } from './make.js';
import { open } from './fixtures.js';

const attributesOf = async (...cards: string[]) =>
  (await open(hdu(8, [], Buffer.alloc(0), { more: cards }))).attributes;

it('values of every kind', async () => {
  expect(
    await attributesOf(
      card('TEXT', "O'Hara / not a comment"),
      "NULL    = ''                   / a text of no characters",
      'UNDEF   =                      / no value',
      'FLAG    =                    F',
      'INT     =                  -12 / twelve',
      'BIG     = -9007199254740993',
      'PLUS    = +18446744073709551615',
      'REAL    = 1.5',
      'DOUBLE  = -1.5D-300',
      'POINT   = .5E+3',
      'COMPLEX = (1.5, -2D0)',
      'INTS    = (1, 2)/comment',
      'ODD     = 12 parsecs',
      "OPEN    = 'never closed",
    ),
  ).toMatchObject({
    TEXT: "O'Hara / not a comment",
    NULL: '',
    UNDEF: null,
    FLAG: false,
    INT: -12,
    BIG: -9007199254740993n,
    PLUS: 18446744073709551615n,
    REAL: 1.5,
    DOUBLE: -1.5e-300,
    POINT: 500,
    COMPLEX: [1.5, -2],
    INTS: [1, 2],
    ODD: '12 parsecs',
    OPEN: 'never closed',
  });
});

it('long keywords, and texts that go on', async () => {
  expect(
    await attributesOf(
      "HIERARCH ESO INS X = 'a &'",
      "CONTINUE  'b  &'",
      "CONTINUE  '''c''' / comment",
      'HIERARCH ESO DET CHIP1 GAIN=      0.80 / no space',
      "LONE    = 'ends in &'",
      'AFTER   = 1',
      "STRAY   = 'no ampersand'",
      "CONTINUE  'of its own'",
      "LAST    = 'x&'",
      "CONTINUE  'y&'",
    ),
  ).toMatchObject({
    'ESO INS X': "a b  'c'",
    'ESO DET CHIP1 GAIN': 0.8,
    LONE: 'ends in &',
    AFTER: 1,
    STRAY: 'no ampersand',
    CONTINUE: ["  'of its own'"],
    LAST: 'xy',
  });
});

it('commentary in its order, each keyword once', async () => {
  const attributes = await attributesOf(
    'COMMENT one',
    'HISTORY = 5',
    'COMMENT   two',
    '        blank',
    'COMMENT',
    'SAME    = 1',
    'SAME    = 2',
  );
  expect(attributes).toMatchObject({ COMMENT: ['one', '  two', ''], HISTORY: ['= 5'], '': ['blank'], SAME: 1 });
});

it('a keyword is never more than a name', async () => {
  const attributes = await attributesOf('HIERARCH __proto__ = 1', 'HIERARCH constructor = 2');
  expect(Object.entries(attributes).slice(-2)).toEqual([
    ['__proto__', 1],
    ['constructor', 2],
  ]);
});
