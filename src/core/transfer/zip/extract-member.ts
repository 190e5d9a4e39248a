import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import type { Entry, ZipFile } from 'yauzl';
import { TransferError, type SdcErrorInit } from '../../../errors.js';
import { diskFailed } from '../failures.js';
import { isDiskError } from '../../files/system-error.js';

/** What extracting needs to know. */
export interface ExtractSettings {
  readonly zip: ZipFile;
  readonly init: SdcErrorInit;
  readonly archive: string;
  readonly signal: AbortSignal | undefined;
}

/** Extracts one member to a new file and checks it against the archive's CRC. */
export async function extractMember(settings: ExtractSettings, entry: Entry, target: string): Promise<void> {
  const { zip, init, archive, signal } = settings;
  const refuse = (why: string): TransferError =>
    new TransferError(`${archive}: member ${JSON.stringify(entry.fileName)} ${why}; fetch the archive again`, {
      ...init,
      actual: why,
    });
  if (entry.isEncrypted()) throw refuse('is encrypted');
  let crc = 0;
  const sum = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      crc = crc32(chunk, crc);
      done(null, chunk);
    },
  });
  try {
    await mkdir(dirname(target), { recursive: true });
    const source = await zip.openReadStreamPromise(entry);
    const file = createWriteStream(target, { highWaterMark: 1024 * 1024 });
    await pipeline(source, sum, file, signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (isDiskError(error)) throw diskFailed(init, target, error);
    throw refuse(`cannot be unpacked (${error instanceof Error ? error.message : 'unknown reason'})`);
  }
  if (crc !== entry.crc32) throw refuse(`has the checksum ${hex(crc)} instead of ${hex(entry.crc32)}`);
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
