// Copies the declarations that the package's entries reach from dist to dist/types: those of internals are nobody's business.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';

import { ENTRIES } from './entries.mjs';

export function copyDeclarations(root) {
  const reached = new Set(ENTRIES.map((folder) => posix.join(folder, 'index.d.ts')));
  for (const name of reached) {
    const text = readFileSync(join(root, 'dist', name), 'utf8');
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith('.')) reached.add(posix.join(posix.dirname(name), fileName).replace(/\.js$/u, '.d.ts'));
    }
    const to = join(root, 'dist/types', name);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, text);
  }
}
