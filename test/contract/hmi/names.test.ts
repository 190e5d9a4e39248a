import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { runs } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';

let outer = '';
let inner = '';
beforeEach(async () => {
  outer = tempDir();
  inner = join(outer, 'data', 'hmi');
  await mkdir(inner, { recursive: true });
});

const LINK = 'http://localhost:8001/HMI/hmi.sharp_720s/5605571/magnetogram.fits';
const BODY = Buffer.from('SIMPLE  =                    T'.padEnd(80) + 'END'.padEnd(2800), 'latin1');

/** Downloads a file that the server calls so. */
async function fetchNamed(disposition: string | undefined): Promise<string> {
  const fetch = (): Promise<Response> => {
    const headers = new Headers({ 'content-type': 'image/fits' });
    if (disposition !== undefined) headers.set('content-disposition', disposition);
    return Promise.resolve(new Response(BODY, { headers }));
  };
  const hmi = new HmiClient({ fetch, retries: 0 });
  const file = await hmi.downloadFile(LINK, inner, { fileName: 'server', overwrite: 'replace' });
  await hmi.close();
  expect(file.status).toBe('downloaded');
  return file.path;
}

async function everything(): Promise<string[]> {
  const entries = await readdir(outer, { recursive: true, withFileTypes: true });
  return entries.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
}

async function expectInside(path: string): Promise<void> {
  expect(dirname(path)).toBe(inner);
  const name = relative(inner, path);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  expect(name).not.toMatch(/[\p{Cc}\u202a-\u202e/\\:*?"<>|]/u);
  expect(name).not.toMatch(/^(?:\.|(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))|[. ]$/iu);
  expect(await everything()).toEqual([path]);
  await rm(path);
}

const encoded = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
const quoted = (name: string): string => `attachment; filename="${name.replace(/["\\]/gu, String.raw`\$&`)}"`;
/** What may stand in a header: Latin-1 without line ends. */
const asHeader = (text: string): string => text.replace(/[^\t\x20-\x7e\x80-\xff]/gu, '_').trim();

describe('pitfall 4: a name that the server sends cannot leave the folder', () => {
  it.each([
    '../../x',
    '../../../../../../tmp/x.fits',
    '..',
    '.',
    '/etc/passwd',
    '//server/share/x.fits',
    'C:\\Windows\\x.fits',
    '..\\..\\x.fits',
    'CON',
    'nul.fits',
    'LPT1.fits',
    '.bashrc',
    'x.fits:stream',
    'x.fits. . ',
    'n'.repeat(300) + '.fits',
    'a.fits' + 'x'.repeat(300),
    'ä'.repeat(300),
    'a\u0000b\r\nc\u001b\u007f.fits',
    'say "hi" \'there\'.fits',
    'x\u202Estif.fits',
    '~/x',
    '%2e%2e%2fx',
    '',
    ' ',
  ])('%j', async (name) => {
    await expectInside(await fetchNamed(encoded(name)));
    await expectInside(await fetchNamed(asHeader(quoted(name))));
    await expectInside(await fetchNamed(asHeader(`attachment; filename=${name}; size=3`)));
  });

  it('for any name, in any spelling', async () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '/',
      '\\',
      'C:',
      'CON',
      'nul',
      'a',
      ' ',
      '.fits',
      '"',
      "'",
      '\u0000',
      '\n',
      '\u007f',
      'x'.repeat(130),
      'é',
      '日',
      '~',
      '%2f',
      ';',
      '|',
      '*',
    );
    const name = fc.oneof(
      fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.string({ unit: 'binary', maxLength: 40 }).map((text) => text.replace(/[\ud800-\udfff]/gu, '')),
    );
    const header = name.chain((text) =>
      fc.constantFrom(encoded(text), asHeader(quoted(text)), asHeader(`attachment; filename=${text}`), asHeader(text)),
    );
    await fc.assert(
      fc.asyncProperty(header, async (disposition) => {
        await expectInside(await fetchNamed(disposition));
      }),
      { numRuns: runs(150) },
    );
  });

  it('a link within the folder is not followed out of it', async () => {
    const victim = join(outer, 'victim');
    await writeFile(victim, 'keep me');
    await symlink(victim, join(inner, 'x.fits'));
    await fetchNamed(encoded('x.fits')).catch(() => undefined);
    const { readFile } = await import('node:fs/promises');
    expect(await readFile(victim, 'utf8')).toBe('keep me');
  });
});

describe('pitfall 3: Content-Disposition is read as RFC 6266 has it', () => {
  it.each([
    ['attachment; filename=sharp.fits', 'sharp.fits'],
    ['attachment; filename="a b.fits"', 'a b.fits'],
    ['attachment; filename="../../x.fits"; size=3', 'x.fits'],
    [String.raw`attachment; filename="say \"hi\".fits"`, 'say _hi_.fits'],
    ['attachment; filename="plain.fits"; filename*=UTF-8\'\'%E2%98%89.fits', '☉.fits'],
    ['ATTACHMENT; FILENAME=upper.fits', 'upper.fits'],
    ['attachment', 'magnetogram.fits'],
    [undefined, 'magnetogram.fits'],
  ])('%s', async (disposition, name) => {
    expect(relative(inner, await fetchNamed(disposition))).toBe(name);
  });
});
