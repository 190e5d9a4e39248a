// Packs the examples, their data and the guides into one file of the package, dist/examples.br, which `sdc examples` unpacks: as files of
// their own they would take 1.8 MB of each installation. It is a Brotli stream: a line of JSON with names and lengths, then the bytes.
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

/** The demonstration of a clone, which the command has as `sdc demo`. */
const LEFT_OUT = /^demo(?:\.ts$|\/)/u;
/** For those who maintain this package. */
const NOT_A_GUIDE = /^architecture\.md$/u;

/** The plots that guides show. */
const PICTURE = /^reading-.*\.svg$/u;

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !name.includes('node_modules') && statSync(join(folder, name)).isFile())
    .sort();
}

/** A notebook without its outputs: they are two thirds of it, and come back when it is run. */
function withoutOutputs(text) {
  const notebook = JSON.parse(text);
  for (const cell of notebook.cells)
    if (cell.cell_type === 'code') Object.assign(cell, { outputs: [], execution_count: null });
  return `${JSON.stringify(notebook, null, 1)}\n`;
}

/** In the copy the guides are beside the programs, and the folder of the decisions is not there. */
function movedLinks(name, text) {
  const depth = name.split('/').length - 1;
  return text
    .replaceAll(/\]\((?:\.\.\/)+(docs\/[^)]+)\)/gu, (_, path) => `](${'../'.repeat(depth)}${path})`)
    .replaceAll('](../examples/', '](../')
    .replaceAll(/\[([^\]]+)\]\(\.\/(?:decisions|architecture)[^)]*\)/gu, '$1');
}

function contentOf(folder, path, name) {
  const bytes = readFileSync(join(folder, path));
  if (name.endsWith('.ipynb')) return Buffer.from(withoutOutputs(bytes.toString('utf8')));
  return name.endsWith('.md') ? Buffer.from(movedLinks(name, bytes.toString('utf8'))) : bytes;
}

/** `dist` is relative to the root. */
export function packExamples(root, dist = 'dist') {
  const [examples, docs] = [join(root, 'examples'), join(root, 'docs')];
  const guides = readdirSync(docs).filter((name) => name.endsWith('.md') && !NOT_A_GUIDE.test(name));
  const files = [
    ...filesBelow(examples)
      .filter((name) => !LEFT_OUT.test(name))
      .map((name) => [name, contentOf(examples, name, name)]),
    ...guides.map((name) => [`docs/${name}`, contentOf(docs, name, `docs/${name}`)]),
    ...readdirSync(join(docs, 'assets'))
      .filter((name) => PICTURE.test(name))
      .map((name) => [`docs/assets/${name}`, readFileSync(join(docs, 'assets', name))]),
  ];
  const head = JSON.stringify(files.map(([name, bytes]) => [name, bytes.length]));
  const all = Buffer.concat([Buffer.from(`${head}\n`), ...files.map(([, bytes]) => bytes)]);
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: all.length };
  mkdirSync(join(root, dist), { recursive: true });
  writeFileSync(join(root, dist, 'examples.br'), brotliCompressSync(all, { params }));
}
