import { resolve } from 'node:path';
import { env } from '../../core/config/env.js';
import { toLocal } from '../../core/mirror/local-path.js';
import type { Mirror, MirroredFile, MirrorOptions } from '../../types.js';
import type { Context } from '../command/context.js';
import type { Column } from '../output/columns.js';
import { size } from '../output/size.js';
import { mirrorOptions } from './options.js';
import { programOf, type ProgramRun } from './program.js';

/** The result of one file, for JSON and CSV; of a file that is there, `error` is what the program said. */
interface Row extends Omit<MirroredFile, 'error'> {
  readonly error?: unknown;
}

const COLUMNS: readonly Column<Row>[] = [
  { name: 'status', value: ({ status }) => status },
  { name: 'path', value: ({ path }) => path },
  { name: 'bytes', value: ({ bytes }) => bytes },
  { name: 'sha256', value: ({ sha256 }) => sha256 },
  { name: 'error', value: ({ error }) => (error instanceof Error ? error.message : undefined) },
];

/** Options that a mirror is made with. */
export type Making = MirrorOptions & { readonly directory: string };

/** The context for a client whose warnings are read: they say which files are left out, and why. */
export function withWarnings(context: Context): Context {
  const { client, warn } = context;
  if (client.logger !== undefined || env('SDC_LOG') !== undefined) return context;
  return { ...context, client: { ...client, logger: { warn } } };
}

/** Runs a mirror and tells what became of its files: in lines what happened, in JSON and CSV every file. */
export async function takeMirror(
  context: Context,
  directory: string,
  make: (options: Making) => Mirror,
): Promise<void> {
  const { input, closing, format } = context;
  const line = input.text('run');
  const program = line === undefined ? undefined : await programOf(line);
  const rows: Row[] = [];
  await context.run('mirroring', async ({ onProgress }) => {
    const after = new AfterEach(context, directory, program);
    const run = make({
      ...mirrorOptions(context, onProgress),
      directory,
      ...(program !== undefined && { run: (file) => after.run(file) }),
    });
    closing.begin('downloads');
    for await (const file of run) {
      const error = after.failureOf(file);
      tell(context, directory, file, error);
      if (format !== 'table') rows.push(error === undefined ? file : { ...file, error });
    }
    if (input.flag('dryRun')) {
      closing.planned(await run.summary());
      context.note('dry run: nothing was fetched or deleted; the counts are those of a real run');
    }
  });
  if (format !== 'table') await context.rows(COLUMNS, rows);
}

function tell(context: Context, directory: string, file: MirroredFile, failure: unknown): void {
  const { closing, input, outcome } = context;
  const { status, path, error } = file;
  if (status === 'failed') {
    outcome.failed(path, error);
    return;
  }
  if (failure !== undefined) outcome.failed(path, failure);
  else {
    outcome.done();
    if (status !== 'would-fetch') closing.mirrored(file);
  }
  if (!input.flag('printFilenames')) {
    if (status !== 'unchanged') context.line(sentence(file));
  } else if (status === 'new' || status === 'changed') context.answer(toLocal(resolve(directory), path));
}

/** `new          imap/mag/l1a/….cdf (5.8 kB)`. */
function sentence({ status, path, bytes }: MirroredFile): string {
  return `${status.padEnd(11)}  ${path}${bytes === undefined ? '' : ` (${size(bytes)})`}`;
}

/** The program that is started for each new or changed file. Where it fails, the others go on. */
class AfterEach {
  readonly #context: Context;
  readonly #directory: string;
  readonly #program: ProgramRun | undefined;
  readonly #failures = new Map<string, unknown>();

  constructor(context: Context, directory: string, program: ProgramRun | undefined) {
    this.#context = context;
    this.#directory = resolve(directory);
    this.#program = program;
  }

  async run({ path }: MirroredFile): Promise<void> {
    const { signal, note } = this.#context;
    try {
      await this.#program?.(toLocal(this.#directory, path), signal, note);
    } catch (error) {
      signal.throwIfAborted();
      this.#failures.set(path, error);
    }
  }

  failureOf({ path }: MirroredFile): unknown {
    return this.#failures.get(path);
  }
}
