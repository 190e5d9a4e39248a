import { readGunzipped } from '../../core/files/read-gunzipped.js';
import { StreamedBytes, type FitsBytes } from './fits-bytes.js';

/** What is wrong with the content; there is no need to unpack the rest of it. */
class Complaint extends Error {}

/** Whether a body begins as gzip does (RFC 1952), with the one method that there is. */
export function isGzip(first: Uint8Array): boolean {
  return first[0] === 0x1f && first[1] === 0x8b && first[2] === 8;
}

/** Judges what is in a gzip file; one that is cut off or damaged is reported, too. */
export async function gunzipped(
  path: string,
  signal: AbortSignal | undefined,
  judge: (content: FitsBytes) => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    await readGunzipped(path, signal, async (content) => {
      const complaint = await judge(new StreamedBytes(content));
      if (complaint !== undefined) throw new Complaint(complaint);
    });
    return undefined;
  } catch (error) {
    if (error instanceof Complaint) return error.message;
    signal?.throwIfAborted();
    if (!isZlibError(error)) throw error;
    return `its gzip is not whole: ${error.message}`;
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
}
