import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { tempDir } from '../support/temp-dir.js';
import { findSnippets, type Snippet } from './support/snippets.js';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../../', import.meta.url));
const snippets = findSnippets(root);
const placeOf = ({ file, line }: Snippet): string => `${file}:${line}`;
const moduleOf = ({ file, line }: Snippet): string => `${file.replaceAll(/[^a-z0-9]+/giu, '_')}_${line}`;

// A copy of its own: what a reader has besides the package must not reach the other tests.
const folder = tempDir(dirname(inject('consumer')));
let complaints: Map<string, string[]>;

function execute(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; output: string; printed: string }> {
  return new Promise((done) => {
    execFile(program, args, { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : 1, output: `${stdout}${stderr}`, printed: stdout.trim() });
    });
  });
}

beforeAll(async () => {
  await cp(join(inject('consumer'), 'node_modules'), join(folder, 'node_modules'), { recursive: true });
  await mkdir(join(folder, 'node_modules/@types'), { recursive: true });
  // What a reader has besides the package: Node's types, and what a guide speaks of: for tests, logs, telemetry and plots.
  for (const name of [
    '@types/node',
    'undici-types',
    'msw',
    'vitest',
    'pino',
    'winston',
    '@opentelemetry',
    'vega',
    'sharp',
  ]) {
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
  await cp(fileURLToPath(new URL('snippets/', import.meta.url)), folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }\n');
  for (const snippet of snippets) {
    await writeFile(join(folder, `${moduleOf(snippet)}.ts`), `${snippet.code}\nexport {};\n`);
  }
  const options = {
    target: 'ES2022',
    lib: ['ES2022', 'ESNext.Disposable'],
    module: 'NodeNext',
    strict: true,
    skipLibCheck: true,
    types: ['node'],
    allowJs: false,
  };
  const include = ['*.ts'];
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include }));
  const { output } = await execute(
    process.execPath,
    [require.resolve('typescript/bin/tsc'), '-p', '.', '--pretty', 'false'],
    folder,
  );
  complaints = new Map();
  for (const [, module = '', line = '0', text = ''] of output.matchAll(/^([^\s(]+)\.ts\((\d+),\d+\): error (.*)$/gmu)) {
    const list = complaints.get(module) ?? [];
    list.push(`line ${line}: ${text}`);
    complaints.set(module, list);
  }
});

test('there are snippets, and some of them are run', () => {
  expect(snippets.length).toBeGreaterThan(20);
  expect(snippets.filter(({ runnable }) => runnable).length).toBeGreaterThan(5);
  expect(snippets.some(({ file }) => file.startsWith('src/'))).toBe(true);
});

describe('compiles as it stands', () => {
  test.each(snippets.map((snippet) => [placeOf(snippet), snippet] as const))('%s', (_, snippet) => {
    expect(complaints.get(moduleOf(snippet)) ?? []).toEqual([]);
  });

  test('and nothing else was objected to', () => {
    const known = new Set(snippets.map(moduleOf));
    expect([...complaints.keys()].filter((module) => !known.has(module))).toEqual([]);
  });
});

describe.concurrent('runs as it stands', () => {
  const runnable = snippets.filter((snippet) => snippet.runnable);
  test.each(runnable.map((snippet) => [placeOf(snippet), snippet] as const))('%s', async (_, snippet) => {
    const own = join(folder, `${moduleOf(snippet)}-files`);
    // The guides are read in the folder of the data, the examples are run beside it.
    await cp(join(root, 'examples/data'), own, { recursive: true });
    await cp(join(root, 'examples/data'), join(own, 'data'), { recursive: true });
    const program = [join(folder, 'run.mjs'), join(folder, `${moduleOf(snippet)}.js`)];
    const { code, output, printed } = await execute(process.execPath, program, own);
    expect(code, output).toBe(0);
    if (snippet.output !== undefined) expect(printed).toBe(snippet.output);
  });
});

test("the example on the README's first screen has ten lines or fewer", async () => {
  const [first] = snippets.filter(({ file }) => file === 'README.md');
  expect(first?.runnable).toBe(true);
  expect(first?.code.trim().split('\n').length).toBeLessThanOrEqual(10);
  const above = (await readFile(join(root, 'README.md'), 'utf8')).split('\n').slice(0, first?.line);
  expect(above.length).toBeLessThan(25);
});
