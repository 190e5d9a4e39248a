import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { UsageError } from '../../../src/cli/command/usage-error.js';
import { markDownloaded, pendingIds, readList, writeList } from '../../../src/cli/scc/lists.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';

let folder = '';
beforeEach(() => {
  folder = tempDir();
});

async function listOf(content: string | Uint8Array): Promise<string> {
  const path = join(folder, 'list.csv');
  await writeFile(path, content);
  return path;
}

/** What stands in the list when the products of a measurement are there. */
async function afterDownload(content: string, id: string): Promise<{ pending: string[]; text: string }> {
  const path = await listOf(content);
  const list = await readList(path);
  await writeList(path, markDownloaded(list, id));
  return { pending: pendingIds(list), text: await readFile(path, 'utf8') };
}

test.each(['id', 'ID', 'Id'])('the column of the ids may be called %s, and keeps its name', async (name) => {
  const { pending, text } = await afterDownload(
    `file,${name}\na.nc,20210601aky0000\nb.nc,20210601aky0100\n`,
    '20210601aky0000',
  );
  expect(pending).toEqual(['20210601aky0000', '20210601aky0100']);
  expect(text.split('\n')).toEqual([
    `"file","${name}","Products_Downloaded"`,
    '"a.nc","20210601aky0000","True"',
    '"b.nc","20210601aky0100","False"',
    '',
  ]);
});

test('a column of exactly that name wins over one in capitals', async () => {
  const { pending } = await afterDownload('ID,id\n7,20210601aky0000\n', '20210601aky0000');
  expect(pending).toEqual(['20210601aky0000']);
});

test('the column that is kept up to date keeps its name too', async () => {
  const content = 'ID,products_downloaded\n20210601aky0000,FALSE\n20210601aky0100,TRUE\n';
  const { pending, text } = await afterDownload(content, '20210601aky0000');
  expect(pending).toEqual(['20210601aky0000']);
  expect(text).toBe('"ID","products_downloaded"\n"20210601aky0000","True"\n"20210601aky0100","TRUE"\n');
});

test.each([
  ['sep=;', ';'],
  ['sep=,', ','],
  ['SEP=;', ';'],
  ['"sep=;"', ';'],
  ['sep=\t', '\t'],
  ['\u{FEFF}sep=;', ';'],
])('a first line %j names the delimiter, and stays', async (first, delimiter) => {
  const lines = [first, ['ID', 'Remark'].join(delimiter), ['20210601aky0000', '"a, b; c"'].join(delimiter)];
  const { pending, text } = await afterDownload(`${lines.join('\r\n')}\r\n`, '20210601aky0000');
  expect(pending).toEqual(['20210601aky0000']);
  expect(text.split('\n')).toEqual([
    `sep=${delimiter}`,
    ['"ID"', '"Remark"', '"Products_Downloaded"'].join(delimiter),
    ['"20210601aky0000"', '"a, b; c"', '"True"'].join(delimiter),
    '',
  ]);
});

test.each([
  ['UTF-16 (little endian)', Buffer.from('\u{FEFF}id\n20210601aky0000\n', 'utf16le')],
  ['UTF-16 (big endian)', Buffer.from('\u{FEFF}id\n20210601aky0000\n', 'utf16le').swap16()],
])('a list in %s is refused with what to do', async (encoding, content) => {
  const path = await listOf(content);
  const error = await rejection(readList(path));
  expect(error).toBeInstanceOf(UsageError);
  expect((error as Error).message).toBe(`the list ${path} is in ${encoding}; save it as UTF-8`);
});

test('a list without ids in every line is refused', async () => {
  const path = await listOf('ID,file\n20210601aky0000,a.nc\n,b.nc\n');
  await expect(readList(path)).rejects.toThrow(`${path} needs a column "id" with an id in every line`);
});
