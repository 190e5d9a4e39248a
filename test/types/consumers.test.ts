import { execFile } from 'node:child_process';
import { cp, mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { tempDir } from '../support/temp-dir.js';

const require = createRequire(import.meta.url);
const compilers = {
  '5.0': require.resolve('typescript-5.0/bin/tsc'),
  current: require.resolve('typescript/bin/tsc'),
};
const nodeTypes = dirname(require.resolve('@types/node/package.json'));
// Inside the folder where the tarball was installed, so that imports resolve as they do for a user.
const folder = tempDir(inject('consumer'));

beforeAll(async () => {
  await cp(new URL('consumers/', import.meta.url), folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  await mkdir(join(folder, 'node_modules/@types'), { recursive: true });
  await symlink(nodeTypes, join(folder, 'node_modules/@types/node'), 'junction');
  await symlink(
    dirname(require.resolve('undici-types/package.json', { paths: [nodeTypes] })),
    join(folder, 'node_modules/undici-types'),
    'junction',
  );
});

/** What the compiler says of our files and of the user's; others' declarations are not ours to judge. */
async function compile(
  compiler: keyof typeof compilers,
  files: string[],
  options: Record<string, unknown>,
): Promise<string[]> {
  const config = join(folder, `tsconfig-${Math.random().toString(36).slice(2)}.json`);
  await writeFile(
    config,
    JSON.stringify({
      compilerOptions: { noEmit: true, strict: true, target: 'ES2022', types: ['node'], lib: ['ES2022'], ...options },
      files,
    }),
  );
  const output = await new Promise<string>((done) => {
    execFile(process.execPath, [compilers[compiler], '-p', config, '--pretty', 'false'], { cwd: folder }, (_, text) =>
      done(text),
    );
  });
  return output.split('\n').filter((line) => line.includes('error TS') && !/@types\/node|undici-types/u.test(line));
}

const node10 = { module: 'CommonJS', moduleResolution: 'node', esModuleInterop: true };
const node16 = { module: 'Node16', moduleResolution: 'Node16' };
const nodenext = { module: 'NodeNext', moduleResolution: 'NodeNext' };
const bundler = { module: 'ES2022', moduleResolution: 'bundler' };

describe.concurrent('a consumer compiles with TypeScript 5.0', () => {
  test.each([
    ['node10', node10],
    ['node16', node16],
    ['bundler', bundler],
  ])('%s, declarations checked', async (_, options) => {
    expect(await compile('5.0', ['everything.ts'], { ...options, skipLibCheck: false })).toEqual([]);
  });

  test('without @types/node, where the DOM library gives URL, fetch and streams', async () => {
    const options = { ...bundler, types: [], lib: ['ES2022', 'DOM'], skipLibCheck: false };
    expect(await compile('5.0', ['everything.ts'], options)).toEqual([]);
  });

  test('as CommonJS that resolves through exports', async () => {
    expect(await compile('5.0', ['required.cts'], { ...node10, skipLibCheck: false })).toEqual([]);
  });
});

describe.concurrent('a consumer compiles with the current TypeScript', () => {
  test.each([
    ['node10', { ...node10, ignoreDeprecations: '6.0' }],
    ['node16', node16],
    ['nodenext', nodenext],
    ['bundler', bundler],
  ])('%s, declarations checked', async (_, options) => {
    expect(await compile('current', ['everything.ts'], { ...options, skipLibCheck: false })).toEqual([]);
  });

  test('with exact optional properties and unchecked access forbidden', async () => {
    const strict = { exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true };
    expect(await compile('current', ['everything.ts'], { ...bundler, ...strict, skipLibCheck: false })).toEqual([]);
  });

  test('with `await using`', async () => {
    const lib = ['ES2022', 'ESNext.Disposable'];
    expect(await compile('current', ['using.ts'], { ...nodenext, lib, skipLibCheck: false })).toEqual([]);
  });

  test('without @types/node, where the DOM library gives URL, fetch and streams', async () => {
    const options = { ...bundler, types: [], lib: ['ES2022', 'DOM'], skipLibCheck: false };
    expect(await compile('current', ['everything.ts'], options)).toEqual([]);
  });

  test('through require()', async () => {
    expect(await compile('current', ['required.cts'], { ...nodenext, skipLibCheck: false })).toEqual([]);
  });
});

describe.concurrent('every promised name, parameter and result has the promised type', () => {
  test.each(['5.0', 'current'] as const)('TypeScript %s', async (compiler) => {
    const options = { ...node16, skipLibCheck: true };
    expect(await compile(compiler, ['contract.ts'], options)).toEqual([]);
  });
});

test('a mistake of the consumer is found, so that these tests can fail', async () => {
  await writeFile(join(folder, 'mistake.ts'), "import { SCC } from '@lab/sdc';\nexport const n: number = new SCC();\n");
  expect(await compile('5.0', ['mistake.ts'], node10)).toEqual([expect.stringContaining('TS2322')]);
});
