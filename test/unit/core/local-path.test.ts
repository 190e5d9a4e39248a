import { expect, test } from 'vitest';
import { isLocalPath } from '../../../src/core/mirror/local-path.js';
import { safeFileName } from '../../../src/core/transfer/file/file-name.js';

const words = ['imap', '2026', '01', 'con', 'CON', 'con-1', 'aux', 'auxiliary', 'nul', 'prn', 'com1', 'com10', 'lpt9'];
const names = [
  ...words.flatMap((word) => [word, `${word}.txt`, `${word}.tar.gz`, `.${word}`, `${word}.`, `${word} `, `a.${word}`]),
  ...['-a', '_', 'a..b', 'a b', 'é', '..', '.', '', 'a:b', 'a\\b', 'com¹', 'conin$', 'x'.repeat(199), 'x'.repeat(300)],
];

test.each(names)('a step %j of a path is good where every file system takes it as it is', (name) => {
  const isGood = name !== '' && safeFileName(name, '') === name;
  expect(isLocalPath(`imap/${name}/file.cdf`)).toBe(isGood);
  expect(isLocalPath(`imap/${name}`)).toBe(isGood);
});
