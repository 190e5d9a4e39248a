import { UnexpectedResponse } from '../../errors.js';
import { digestOfFile } from '../../core/transfer/body/file-digest.js';
import type { ImapOperation } from '../context.js';

/** What the headers may have to tell. */
export interface SignedUpload {
  readonly path: string;
  /** Whether the upload was announced as reprocessed by hand. */
  readonly manuallyReprocessed: boolean;
}

/**
 * The headers that a presigned PUT must carry, because its signature covers them (`X-Amz-SignedHeaders`). A value that
 * stands in the address itself is taken from there. With only `host` signed nothing is added: no content type, no digest.
 *
 * @throws {@link UnexpectedResponse} for a signed header whose value only the server can know.
 */
export async function signedHeaders(
  op: ImapOperation,
  address: string,
  upload: SignedUpload,
): Promise<Record<string, string>> {
  const query = new Map([...new URL(address).searchParams].map(([name, value]) => [name.toLowerCase(), value]));
  const names = (query.get('x-amz-signedheaders') ?? 'host').split(';').map((name) => name.trim().toLowerCase());
  const headers: Record<string, string> = {};
  for (const name of names) {
    if (name === '' || name === 'host' || name === 'content-length') continue;
    headers[name] = query.get(name) ?? (await valueOf(op, name, upload));
  }
  return headers;
}

async function valueOf(op: ImapOperation, name: string, upload: SignedUpload): Promise<string> {
  switch (name) {
    case 'x-amz-tagging':
      // The server that signs tags signs an empty text for files without any.
      return upload.manuallyReprocessed ? 'manually_reprocessed=true' : '';
    case 'content-type':
      return 'application/octet-stream';
    case 'content-md5':
      return Buffer.from(await digestOfFile(upload.path, 'md5'), 'hex').toString('base64');
    case 'x-amz-content-sha256':
      return 'UNSIGNED-PAYLOAD';
    case 'if-none-match':
      return '*';
    default:
      throw new UnexpectedResponse(
        `the upload address signs the header ${JSON.stringify(name.slice(0, 60))}, whose value this package does not know; it may need an update`,
        op.init(),
      );
  }
}
