import { basename, join, resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameFromDisposition, numberedName, safeFileName, shorten } from '../../../src/core/transfer/file/file-name.js';
import { runs } from '../../support/full.js';

describe('a safe name', () => {
  it.each([
    ['optical_20210601aky0930.zip', 'optical_20210601aky0930.zip'],
    ['imap_mag_l1a_norm-mago_20250102_v001.cdf', 'imap_mag_l1a_norm-mago_20250102_v001.cdf'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['C:\\data\\file.txt', 'file.txt'],
    ['/absolute/name.nc', 'name.nc'],
    ['name.nc/', 'name.nc'],
    ['a\u0000b.txt', 'a_b.txt'],
    ['a\r\nb.txt', 'a b.txt'],
    ['a\u202Etxt.exe', 'a_txt.exe'],
    ['con', 'con_'],
    ['NUL.fits', 'NUL_.fits'],
    ['com1.tar.gz', 'com1_.tar.gz'],
    ['a:b|c?.txt', 'a_b_c_.txt'],
    ['trailing. . ', 'trailing'],
    ['  spaced.txt  ', 'spaced.txt'],
    ['.hidden', '.hidden'],
    ['..', 'fallback'],
    ['.', 'fallback'],
    ['', 'fallback'],
    ['///', 'fallback'],
    [' ', 'fallback'],
    ['Größe-€.nc', 'Größe-€.nc'],
    ['\ud800bad.nc', 'bad.nc'],
    // Names of the files beside another target while it comes.
    ['data.bin.part', 'data.bin.part_'],
    ['data.bin.PART', 'data.bin.PART_'],
    ['data.bin.part.json', 'data.bin.part.json_'],
    ['data.bin.part.lock', 'data.bin.part.lock_'],
    ['.part', '.part_'],
    ['data.part.zip', 'data.part.zip'],
    ['counterpart', 'counterpart'],
  ])('of %j is %j', (given, expected) => {
    expect(safeFileName(given, 'fallback')).toBe(expected);
  });

  it('of nothing with a useless fallback is still a name', () => {
    expect(safeFileName('', '..')).toBe('download');
    expect(safeFileName('..', '..')).toBe('download');
  });

  it('of another file’s part is changed within the longest length, too', () => {
    const name = safeFileName(`${'x'.repeat(218)}.part`, 'x');
    expect(name).toBe(`${'x'.repeat(217)}.part_`);
    expect(safeFileName(name, 'x')).toBe(name);
  });

  it('keeps its ending when it is cut', () => {
    const name = safeFileName(`${'ä'.repeat(300)}.fits.gz`, 'x');
    expect(name.endsWith('.gz')).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(223);
  });

  it('of any text stays one name in the directory, with room for the part’s ending', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc
        .array(
          fc.constantFrom(
            '..',
            '/',
            '\\',
            '.',
            'con',
            '.part',
            '.json',
            '.lock',
            '\0',
            ':',
            ' ',
            'a',
            '€',
            '\n',
            '%2e',
          ),
          { maxLength: 40 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(hostile, hostile, (given, fallback) => {
        const name = safeFileName(given, fallback);
        expect(name).not.toBe('');
        expect(basename(name)).toBe(name);
        expect(['.', '..']).not.toContain(name);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(223);
        expect(name).not.toMatch(/[\p{Cc}/\\<>:"|?*]/u);
        expect(name).not.toMatch(/\.part(?:\.json|\.lock)?$/iu);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu);
        expect(resolve(join('/data', name))).toBe(`${sep}data${sep}${name}`);
        expect(safeFileName(name, 'x')).toBe(name);
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('a shortened name', () => {
  it('never splits a character', () => {
    expect(shorten('€€€.nc', 9)).toBe('€€.nc');
    expect(shorten('abc', 10)).toBe('abc');
    expect(shorten(`a.${'x'.repeat(50)}`, 10)).toBe('a.xxxxxxxx');
  });
});

describe('a numbered name', () => {
  it.each([
    ['data.bin', 1, 'data.1.bin'],
    ['data.tar.gz', 2, 'data.tar.2.gz'],
    ['data', 3, 'data.3'],
    ['.hidden', 4, '.hidden.4'],
  ])('%s and %j make %s', (name, number, expected) => {
    expect(numberedName(name, number)).toBe(expected);
  });

  it('has room for its number', () => {
    expect(Buffer.byteLength(numberedName(`${'a'.repeat(219)}.bin`, 9999))).toBeLessThanOrEqual(223);
  });
});

describe('the name in a Content-Disposition header', () => {
  it.each([
    ['attachment; filename="a b.zip"', 'a b.zip'],
    ['attachment; filename=a.zip', 'a.zip'],
    [`attachment; filename="x.zip"; filename*=UTF-8''%e2%82%ac.zip`, '€.zip'],
    [`attachment; filename*=UTF-8''%e2%82%ac.zip; filename="x.zip"`, '€.zip'],
    ['attachment; filename=hmi.M_720s.{segment}.fits', 'hmi.M_720s.{segment}.fits'],
    ['attachment; filename="\u00e2\u0082\u00ac.zip"', '€.zip'],
    ['attachment; filename="caf\u00e9.zip"', 'café.zip'],
    ['attachment; filename=""', undefined],
    ['attachment', undefined],
    ['', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('%j is %j', (header, expected) => {
    expect(nameFromDisposition(header)).toBe(expected);
  });

  it('never breaks on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const header of [text, `attachment; filename=${text}`, `attachment; filename*=UTF-8''${text}`]) {
          const name = nameFromDisposition(header);
          if (name !== undefined) expect(name.trim()).not.toBe('');
        }
      }),
    );
  });
});
