import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createAtomic } from '../../core/files/write-atomic.js';
import { ensureDirectory } from '../../core/files/directory.js';
import { diskWords } from '../../core/files/system-error.js';
import type { CommandSpec } from '../command/spec.js';
import type { Column } from '../output/columns.js';
import { unpackExamples, type Example } from './packed-examples.js';

interface Row {
  readonly status: 'copied' | 'unchanged' | 'kept';
  readonly path: string;
  readonly bytes: number;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'status', value: ({ status }) => status },
  { name: 'path', value: ({ path }) => path },
  { name: 'bytes', value: ({ bytes }) => bytes },
];

const FOLDER = 'sdc-examples';

/** `sdc examples`. */
export const examples: CommandSpec = {
  name: 'examples',
  summary: 'copy the example programs, notebooks, sample data and guides of this version',
  details: 'They come from the installed package, so no network is needed. Existing files are never replaced.',
  arguments: [{ flags: '[folder]', text: `where to; default ${FOLDER}` }],
  examples: [
    ['sdc examples', `everything, to ${FOLDER} in the current folder`],
    ['sdc examples lidar', 'to another folder'],
  ],
  run: async (context) => {
    const { input, outcome, signal, format } = context;
    const folder = input.optionalArgument('folder') ?? FOLDER;
    const rows: Row[] = [];
    for (const example of await unpackExamples()) {
      const path = join(folder, example.name);
      const row = await outcome.attempt(path, signal, () => copy(path, example));
      if (row !== undefined) rows.push(row);
    }
    if (format !== 'table') return context.rows(COLUMNS, rows);
    for (const { status, path } of rows)
      if (status === 'kept') context.warn(`${path} already exists with other content and was kept`);
    const copied = rows.filter(({ status }) => status === 'copied').length;
    context.line(`${copied} files copied to ${folder}, ${rows.length - copied} already there`);
    context.note(`start with ${join(folder, 'README.md')}`);
  },
};

async function copy(path: string, { bytes }: Example): Promise<Row> {
  try {
    await ensureDirectory(dirname(path));
    if (await createAtomic(path, bytes, 0o644)) return { status: 'copied', path, bytes: bytes.length };
    const there = await readFile(path);
    return { status: there.equals(bytes) ? 'unchanged' : 'kept', path, bytes: there.length };
  } catch (error) {
    throw new Error(diskWords(error), { cause: error });
  }
}
