import { basename } from 'node:path';
import type { TransferProgress } from '../../types.js';
import { statFile } from '../files/stat-file.js';
import type { UploadBody } from '../http/request.js';
import type { Arguments } from '../operation/arguments.js';
import { lazy } from '../util/lazy.js';
import { readFileChunks, withProgress } from './upload.js';

const formEncoder = lazy(() => import('form-data-encoder'));

/** One field of a form: a text, or a file from disk. */
export type MultipartPart =
  | { readonly name: string; readonly value: string }
  | {
      readonly name: string;
      readonly file: string;
      /** Default: the file's own name. */
      readonly fileName?: string;
      /** Default `application/octet-stream`. */
      readonly type?: string;
    };

export interface MultipartOptions {
  /** The name in progress reports; default: that of the first file. */
  readonly name?: string | undefined;
}

interface FormFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly lastModified: number;
  readonly [Symbol.toStringTag]: 'File';
  stream(): AsyncIterable<Uint8Array>;
}

/**
 * A form with files (RFC 7578) as the body of an upload: files are streamed from disk, the length is exact.
 *
 * @param onProgress - Called at most every 100 ms, and once at the end; counts the bytes of the whole form.
 * @throws TypeError when a file is missing or no file, RangeError when it is empty.
 */
export async function multipartBody(
  args: Arguments,
  parts: readonly MultipartPart[],
  onProgress: ((progress: TransferProgress) => void) | undefined,
  options: MultipartOptions = {},
): Promise<UploadBody> {
  const entries: [string, string | FormFile][] = [];
  for (const part of parts) {
    entries.push([part.name, 'value' in part ? part.value : await formFile(part, args)]);
  }
  const { FormDataEncoder } = await formEncoder(args.init);
  // The encoder asks a form for nothing but its entries; the real one would take a Blob that sits in memory.
  const encoder = new FormDataEncoder(Object.assign(new FormData(), { entries: () => entries.values() }));
  const files = parts.flatMap((part) => ('file' in part ? [part.fileName ?? basename(part.file)] : []));
  const name = options.name ?? files[0] ?? 'form';
  const bytes = Number(encoder.contentLength);
  return {
    contentType: encoder.contentType,
    bytes,
    open: () => withProgress(chunksOf(encoder.values()), { name, bytes, onProgress }),
  };
}

/** The parts as they are: `encode()` of the encoder would copy each file again, in pieces of 64 KiB. */
async function* chunksOf(
  parts: Iterable<Uint8Array | Pick<FormFile, 'stream'>>,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part;
    else yield* part.stream();
  }
}

async function formFile(part: Extract<MultipartPart, { readonly file: string }>, args: Arguments): Promise<FormFile> {
  const { file, fileName = basename(file), type = 'application/octet-stream' } = part;
  const { bytes, modified } = await statFile(file, part.name, args);
  if (bytes === 0) throw args.outOfRange(`${part.name} is empty: ${file}`);
  const { init } = args;
  return {
    name: fileName,
    type,
    size: bytes,
    lastModified: modified.getTime(),
    [Symbol.toStringTag]: 'File',
    stream: () => readFileChunks(file, bytes, init),
  };
}
