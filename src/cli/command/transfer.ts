import { basename } from 'node:path';
import { OVERWRITE_MODES } from '../../core/transfer/overwrite.js';
import type { DownloadedFile, DownloadOptions, Downloads, FailedDownload, TransferProgress } from '../../types.js';
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
  }

  /** Takes all files of one run; resolves to those that are there. */
  async take<S, F extends DownloadedFile<S>>(
    downloads: AsyncIterable<F | FailedDownload<S>>,
    nameOf: (source: S) => string,
    line: (text: string) => void,
    say: (file: F) => string = sayFile,
  ): Promise<F[]> {
    const files: F[] = [];
    for await (const file of downloads) {
      const item = nameOf(file.source);
      if (isFailed(file)) {
        this.failed(item, file.error, file.path);
      } else {
        this.done(item, file);
        line(this.#context.input.flag('printFilenames') ? file.path : say(file));
        files.push(file);
      }
    }
    return files;
  }

  done(item: string, file: DownloadedFile): void {
    const { status, path, bytes, sha256, url, extracted } = file;
    this.#context.outcome.done();
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
    else if (this.#rows.length === 0) this.#context.note('nothing to download');
  }
}

function isFailed<S>(file: DownloadedFile<S> | FailedDownload<S>): file is FailedDownload<S> {
  return file.status === 'failed';
}

/** `downloaded  products/elpp.zip (5.8 kB)`; the name alone identifies a file that was there already. */
export function sayFile({ status, path, bytes, extracted }: DownloadedFile): string {
  const unpacked = extracted === undefined ? '' : `, unpacked ${extracted.length} files`;
  return `${status.padEnd(10)}  ${path} (${size(bytes)}${unpacked})`;
}

/** Shows a file by its name. */
export function shortName(path: string): string {
  return basename(path);
}
