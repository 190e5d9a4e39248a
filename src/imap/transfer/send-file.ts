import { basename } from 'node:path';
import { AlreadyExists, Forbidden, isSdcError, SdcError } from '../../errors.js';
import { toPath } from '../../core/files/paths.js';
import type { Arguments } from '../../core/operation/arguments.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { repeat } from '../../core/retry/repeat.js';
import { fileBody } from '../../core/transfer/upload.js';
import type { ImapOperation } from '../context.js';
import { needsApiKey, restated, wordsOf } from '../errors.js';
import { InvalidImapFileName } from '../names/invalid.js';
import { tryParseImapFileName } from '../names/parse.js';
import { uploadRoute } from '../routes.js';
import type { ImapUploadOptions, ImapUploadResult, VerifiedFile } from '../types.js';
import { waitUntilIndexed } from './indexed.js';
import { checkedAddress } from './presigned.js';
import { NotStored, putFile, type PutRequest } from './put.js';
import { remoteFileOf } from './remote-file.js';
import { compareWithArchive } from './compare.js';

/**
 * Uploads a file: asks for a presigned address, sends the file there, and asks for a fresh address for each further
 * attempt. When an attempt failed after its bytes had gone and the archive then says that the file exists, it is compared instead of
 * sent again.
 */
export async function sendFile(
  op: ImapOperation,
  file: string | URL,
  options: ImapUploadOptions,
  delivery: Delivery,
): Promise<ImapUploadResult> {
  op.assertOpen();
  const path = toPath(file, op.arguments.label('file'));
  const name = basename(path);
  checkName(op.arguments, name);
  const body = await fileBody(op.arguments, path, { name, onProgress: options.onProgress });
  const status = await send(op, { path, name, options, delivery });
  const known = options.waitUntilIndexed === true ? tryParseImapFileName(name, { lax: true }) : undefined;
  if (known !== undefined) await waitUntilIndexed(op, known, options);
  else if (options.waitUntilIndexed === true) {
    op.warn(`${name} was uploaded; no query lists files with a name like this, so there is nothing to wait for`);
  }
  return { name, bytes: body.bytes, status };
}

async function send(op: ImapOperation, request: PutRequest): Promise<ImapUploadResult['status']> {
  const budget = { left: op.retries };
  let before: SdcError | undefined;
  try {
    return await repeat(
      async () => {
        const address = await newAddress(op, request, budget.left);
        if (typeof address !== 'string') return address.status;
        await putFile(op, address, request);
        return 'uploaded';
      },
      {
        budget,
        signal: op.signal,
        sleep: op.http.settings.sleep,
        judge: (error) => {
          if (!(error instanceof NotStored) || !error.mayRepeat) return undefined;
          // A fresh address that is refused as well is refused for good.
          const isRefusedAgain = isSdcError(error.failure, 'forbidden') && isSdcError(before, 'forbidden');
          return isRefusedAgain ? undefined : { waitMs: error.waitMs };
        },
        onWait: (waitMs, error, attempt) => {
          if (!(error instanceof NotStored)) return;
          before = error.failure;
          op.warn(`attempt ${attempt} failed; the next one uses a new address`, {
            reason: error.message,
            waitMs: Math.round(waitMs),
          });
        },
      },
    );
  } catch (error) {
    throw error instanceof NotStored ? error.failure : error;
  }
}

/** Where to send the file; or the end of the upload, where the archive holds it already. */
async function newAddress(
  op: ImapOperation,
  request: PutRequest,
  retries: number,
): Promise<string | { readonly status: ImapUploadResult['status'] }> {
  try {
    return await addressFor(op, request, retries);
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
    const ours = request.delivery.delivered === 'maybe';
    if (!ours && request.options.existing !== 'accept-identical') throw error;
    await requireIdentical(op, request, error, ours);
    return { status: ours ? 'uploaded' : 'exists' };
  }
}

async function addressFor(op: ImapOperation, { name, options }: PutRequest, retries: number): Promise<string> {
  const { manuallyReprocessed } = options;
  try {
    const answer = await op.json({
      url: uploadRoute(name),
      query: manuallyReprocessed === true ? { manually_reprocessed: true } : undefined,
      retries,
    });
    return checkedAddress(op, answer, undefined);
  } catch (error) {
    throw needsApiKey(error, op.context.settings.access, 'uploads');
  }
}

/**
 * Compares the file with the one that the archive holds.
 *
 * @throws {@link AlreadyExists} that says what differs, or why the two cannot be compared.
 */
async function requireIdentical(
  op: ImapOperation,
  { path, name }: PutRequest,
  taken: AlreadyExists,
  ours: boolean,
): Promise<void> {
  const key = tryParseImapFileName(name, { lax: true })?.path();
  const what = `the archive holds a file ${name}${ours ? ', which may come from this upload' : ''}`;
  if (key === undefined) throw explained(taken, `${what}; it cannot be compared because its location is unknown`);
  let compared: VerifiedFile;
  try {
    compared = await compareWithArchive(op, remoteFileOf(op.arguments, key), path);
  } catch (error) {
    if (!(error instanceof SdcError) || error.code === 'closed') throw error;
    const advice =
      error instanceof Forbidden && op.context.settings.access === 'public'
        ? 'a file that is not released cannot be compared without apiKey (IMAP_API_KEY) or accessToken (IMAP_ACCESS_TOKEN)'
        : `the two cannot be compared: ${wordsOf(error)}`;
    throw explained(taken, `${what}; ${advice}`, error);
  }
  if (compared.status === 'same' && compared.digest) return;
  const differs = compared.status === 'same' ? 'cannot be compared' : 'differs from the local file';
  throw explained(taken, `${what}, which ${differs}: ${compared.reason ?? 'the archive gives no digest'}`);
}

function explained(taken: AlreadyExists, message: string, cause?: SdcError): AlreadyExists {
  return new AlreadyExists(message, { ...restated(taken), messages: taken.messages, cause: cause ?? taken });
}

/** Today's science files carry a full version; all other names are the server's to judge. */
function checkName(args: Arguments, name: string): void {
  const known = tryParseImapFileName(name, { lax: true });
  if (known?.kind !== 'science' || known.majorVersion !== undefined) return;
  throw new InvalidImapFileName(
    args.label(`Invalid science file ${name}; the version must have the form vMMM.mmmm`),
    name,
    'pattern',
  );
}
