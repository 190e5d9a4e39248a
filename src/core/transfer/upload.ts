import { basename } from 'node:path';
import type { TransferProgress } from '../../types.js';
import { statFile } from '../files/stat-file.js';
import type { UploadBody } from '../http/request.js';
import { ListenerFailure } from '../http/handlers/handler.js';
import type { Arguments } from '../operation/arguments.js';
import { Progress } from './progress.js';
import { readFileChunks } from './body/read-file.js';

/** Options of {@link fileBody}. */
export interface FileBodyOptions {
  /** What the file is, for messages; default `file`. */
  readonly label?: string;
  /** The name in progress reports; default: the file's own. */
  readonly name?: string;
  readonly contentType?: string;
  /** Called at most every 100 ms, and once at the end. */
  readonly onProgress?: ((progress: TransferProgress) => void) | undefined;
}

/**
 * A local file as the body of an upload: streamed from disk, with its exact length, never in memory.
 *
 * @throws TypeError when the file is missing or no file, RangeError when it is empty.
 */
export async function fileBody(args: Arguments, path: string, options: FileBodyOptions = {}): Promise<UploadBody> {
  const { label = 'file', name = basename(path), contentType, onProgress } = options;
  const { bytes } = await statFile(path, label, args);
  if (bytes === 0) throw args.outOfRange(`${label} is empty: ${path}`);
  const { init } = args;
  return {
    bytes,
    ...(contentType !== undefined && { contentType }),
    open: () => withProgress(readFileChunks(path, bytes, init), { name, bytes, onProgress }),
  };
}

/** Reports the bytes that went: a chunk went when the next one is asked for. */
export async function* withProgress(
  chunks: AsyncIterable<Uint8Array>,
  settings: { readonly name: string; readonly bytes: number; readonly onProgress: FileBodyOptions['onProgress'] },
): AsyncGenerator<Uint8Array, void, undefined> {
  const progress = new Progress(settings.onProgress, { done: 0, total: 1 });
  progress.name = settings.name;
  progress.totalBytes = settings.bytes;
  let sent = 0;
  try {
    for await (const chunk of chunks) {
      const { byteLength } = chunk;
      yield chunk;
      sent += byteLength;
      telling(() => progress.at(sent));
    }
    telling(() => progress.end(sent));
  } finally {
    progress.stop();
  }
}

function telling(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    throw new ListenerFailure(error);
  }
}
