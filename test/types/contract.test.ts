import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import ts from 'typescript';
import { findSnippets } from '../package/support/snippets.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const contract = fileURLToPath(new URL('consumers/contract.ts', import.meta.url));
const mistake = fileURLToPath(new URL('consumers/mistake.ts', import.meta.url));

/** What the compiler says of files that use the package, which is found in its sources. */
function complaints(files: Readonly<Record<string, string>>, more: ts.CompilerOptions = {}): string[] {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: Object.keys(files) }, ts.sys, root);
  Object.assign(options, more);
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists } = host;
  host.readFile = (path) => files[path] ?? readFile(path);
  host.fileExists = (path) => path in files || fileExists(path);
  const program = ts.createProgram(Object.keys(files), options, host);
  return Object.keys(files).flatMap((path) => {
    const source = program.getSourceFile(path);
    const said = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return said.map(
      ({ messageText }) => `${relative(root, path)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}

// Against the packed package, by each compiler and each way to resolve, in consumers.test.ts.
test('every promised name, parameter and result has the promised type, and a mistake would be found', () => {
  const wrong = "import { SCC } from '@lab/sdc';\nexport const n: number = new SCC();\n";
  expect(complaints({ [contract]: readFileSync(contract, 'utf8'), [mistake]: wrong })).toEqual([
    "test/types/consumers/mistake.ts: Type 'SCC' is not assignable to type 'number'.",
  ]);
});

// Against the packed package, and run, in test/package/snippets.test.ts.
test('every example of a guide or a doc comment compiles as it stands', () => {
  const snippets = findSnippets(root);
  expect(snippets.length).toBeGreaterThan(20);
  const files = snippets.map(({ file, line, code }) => [
    join(root, '.cache/snippets', `${file.replaceAll(/[^a-z0-9]+/giu, '_')}_${line}.ts`),
    `${code}\nexport {};\n`,
  ]);
  // As strict as `strict` alone, which most users have.
  const strict = { noUncheckedIndexedAccess: false, exactOptionalPropertyTypes: false, verbatimModuleSyntax: false };
  const globals = fileURLToPath(new URL('../package/snippets/globals.d.ts', import.meta.url));
  files.push([globals, readFileSync(globals, 'utf8')]);
  expect(complaints(Object.fromEntries(files) as Record<string, string>, strict)).toEqual([]);
});
