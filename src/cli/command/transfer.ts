import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { OVERWRITE_MODES } from '../../core/operation/shared-options.js';
import type { DownloadedFile, DownloadOptions, FailedDownload, TransferProgress } from '../../types.js';
import type { Column } from '../output/columns.js';
import { size } from '../output/size.js';
import type { Context } from './context.js';
import { defined } from './defined.js';

/** The result of one file, for JSON and CSV. */
export interface TransferRow {
  readonly status: string;
  /** What was asked for. */
  readonly item: string;
  readonly path?: string | undefined;
  readonly bytes?: number | undefined;
  readonly sha256?: string | undefined;
  readonly url?: string | undefined;
  readonly extracted?: readonly string[] | undefined;
  readonly error?: unknown;
}

const COLUMNS: readonly Column<TransferRow>[] = [
  { name: 'status', value: ({ status }) => status },
  { name: 'item', value: ({ item }) => item },
  { name: 'path', value: ({ path }) => path },
  { name: 'bytes', value: ({ bytes }) => bytes },
  { name: 'sha256', value: ({ sha256 }) => sha256 },
  { name: 'url', value: ({ url }) => url },
  { name: 'error', value: ({ error }) => (error instanceof Error ? error.message : undefined) },
];

/** The options of a download that the user gave, for the clients. Failures become elements, so that the rest goes on. */
export function downloadOptions(
  { input, signal }: Context,
  onProgress: (progress: TransferProgress) => void,
): DownloadOptions & { readonly onFailure: 'yield' } {
  return {
    ...defined({
      overwrite: input.choice('overwrite', OVERWRITE_MODES),
      concurrency: input.number('concurrency'),
      resume: input.without('resume') ? false : undefined,
    }),
    signal,
    onProgress,
    onFailure: 'yield',
  };
}

/** Downloads that are done, one row a file; failures are kept for the summary. */
export class Transfers {
  readonly #context: Context;
  readonly #rows: TransferRow[] = [];

  constructor(context: Context) {
    this.#context = context;
    context.closing.begin('downloads');
  }

  /** Takes all files of one run; resolves to those that are there. `failureOf`: what went wrong with one after that. */
  async take<S, F extends DownloadedFile<S>>(
    downloads: AsyncIterable<F | FailedDownload<S>>,
    nameOf: (source: S) => string,
    say: (file: F) => string = sayFile,
    failureOf: (file: F) => unknown = () => undefined,
  ): Promise<F[]> {
    const files: F[] = [];
    for await (const file of downloads) {
      const item = nameOf(file.source);
      if (isFailed(file)) {
        this.failed(item, file.error, file.path);
      } else {
        this.#done(item, file, failureOf(file));
        if (this.#context.input.flag('printFilenames')) this.#context.answer(file.path);
        else this.#context.line(say(file));
        files.push(file);
      }
    }
    return files;
  }

  #done(item: string, file: DownloadedFile, failure: unknown): void {
    const { status, path, bytes, sha256, url, extracted } = file;
    if (failure === undefined) {
      this.#context.outcome.done();
      this.#context.closing.downloaded(file);
    } else this.#context.outcome.failed(path, failure);
    this.#rows.push({ status, item, path, bytes, sha256, url, extracted });
  }

  /** A step before a download; its failure is kept as that of the item. Aborts end everything. */
  async prepare<T>(item: string, work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    const { signal } = this.#context;
    signal.throwIfAborted();
    try {
      return { value: await work() };
    } catch (error) {
      signal.throwIfAborted();
      this.failed(item, error);
      return undefined;
    }
  }

  failed(item: string, error: unknown, path?: string): void {
    this.#context.outcome.failed(item, error);
    this.#rows.push({ status: 'failed', item, path, error });
  }

  /** Prints the rows where JSON or CSV was asked for; people have read the lines already. */
  async print(): Promise<void> {
    if (this.#context.format !== 'table') await this.#context.rows(COLUMNS, this.#rows);
  }
}

function isFailed<S>(file: DownloadedFile<S> | FailedDownload<S>): file is FailedDownload<S> {
  return file.status === 'failed';
}

/** `downloaded  products/elpp.zip (5.8 kB)`; a file that was there already is called so. */
export function sayFile({ status, path, bytes, extracted }: DownloadedFile): string {
  const unpacked =
    extracted === undefined ? '' : `, unpacked ${extracted.length} ${extracted.length === 1 ? 'file' : 'files'}`;
  const word = status === 'skipped' ? 'already there' : status;
  return `${word.padEnd(10)}  ${path} (${size(bytes)}${unpacked})`;
}

/** How many bytes a file has that was just uploaded; 0 where it is gone since. */
export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size: bytes }) => bytes,
    () => 0,
  );
}

/** Shows a file by its name. */
export function shortName(path: string): string {
  return basename(path);
}
