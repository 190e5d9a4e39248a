import { lazy } from '../../core/util/lazy.js';
import { DataError } from '../data-error.js';
import type { ByteSource } from '../source/byte-source.js';
import type { Hdf5 } from './hdf5.js';
import { PATH, sandbox, type Mounted } from './sandbox.js';

/** Memory of an instance that reads no large chunk. */
const USUAL_BYTES = 128 * 1024 * 1024;
/** An instance that grew larger than this is not used again. */
const KEPT_BYTES = 48 * 1024 * 1024;

/** HDF5 in WebAssembly with one file open. Once anything fails in it, it must not be used again. */
export interface Engine {
  readonly hdf5: Hdf5;
  readonly file: bigint;
  readonly mounted: Mounted;
  /** Lets its memory grow so far beyond the usual. */
  readonly allow: (bytes: number) => void;
}

type Instance = Omit<Engine, 'file'>;

const library = lazy(() => import('#hdf5'));
/** An instance that has closed its file in good order. */
let idle: Instance | undefined;

async function instance(): Promise<Instance> {
  const found = idle;
  idle = undefined;
  if (found !== undefined) return found;
  const mounted: Mounted = { source: undefined, messages: '', lastRead: undefined };
  let most = USUAL_BYTES;
  const { instantiate } = await library();
  const hdf5 = await instantiate({
    mayGrow: (bytes) => bytes <= most,
    print: (text) => {
      mounted.messages += `${text}\n`;
    },
  });
  sandbox(hdf5, mounted);
  return { hdf5, mounted, allow: (bytes) => (most = USUAL_BYTES + bytes) };
}

/**
 * Opens a file in an instance that no other file uses.
 *
 * @throws {@link DataError} when HDF5 cannot open it.
 */
export async function openEngine(source: ByteSource): Promise<Engine> {
  const found = await instance();
  found.mounted.source = source;
  found.mounted.messages = '';
  found.allow(0);
  try {
    const file = found.hdf5.open(PATH, 0, false, -1, -1);
    if (file < 0n) throw new Error('unknown error');
    return { ...found, file };
  } catch (error) {
    throw damage(source, 'it cannot be opened as HDF5', found.mounted.messages, error);
  }
}

/** What failed in HDF5, in its words. */
export function damage({ path }: ByteSource, what: string, messages: string, error: unknown): DataError {
  if (error instanceof DataError) return error;
  const words = reasonIn(messages) ?? (error instanceof Error ? error.message : String(error));
  return new DataError(`${what} (${words.slice(0, 200)})`, { path, cause: error });
}

/** Closes the file of an instance in which nothing failed, and keeps one such instance for the next file. */
export function closeEngine({ hdf5, file, mounted, allow }: Engine): void {
  try {
    const status = hdf5.close_file(file);
    mounted.source = undefined;
    if (status >= 0 && hdf5.HEAPU8.byteLength <= KEPT_BYTES) idle = { hdf5, mounted, allow };
  } catch {
    // It trapped: it is dropped as one that failed.
  }
}

/** The innermost of the errors that HDF5 wrote, in its words. */
export function reasonIn(messages: string): string | undefined {
  const lines = messages.split('\n').filter((line) => /^\s*#\d+: /u.test(line));
  const [, words] = /: ([^:]*)$/u.exec(lines.at(-1) ?? '') ?? [];
  return (
    words?.trim() ??
    messages
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 200)
  );
}
