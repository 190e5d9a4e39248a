import { basename } from 'node:path';
import { AlreadyExists, Forbidden, isSdcError, SdcError } from '../../errors.js';
import { toPath } from '../../core/files/paths.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { backoffMs } from '../../core/http/retry.js';
import { fileBody } from '../../core/transfer/upload.js';
import { random, sleep } from '../../core/util/time.js';
import { needsApiKey } from '../answers.js';
import type { ImapContext } from '../context.js';
import { InvalidImapFileName } from '../names/invalid.js';
import { tryParseImapFileName } from '../names/parse.js';
import type { ImapUploadOptions, ImapUploadResult, VerifiedFile } from '../types.js';
import { waitUntilIndexed } from './indexed.js';
import { checkedAddress } from './presigned.js';
import { putFile, type PutFailure } from './put.js';
import { remoteFileOf } from './remote-file.js';
import { compareWithArchive } from './verify.js';

/** An upload under way. */
interface Upload {
  readonly context: ImapContext;
  readonly operation: string;
  readonly path: string;
  readonly name: string;
  readonly options: ImapUploadOptions;
  readonly delivery: Delivery;
}

/**
 * `ImapClient.upload`: asks for a presigned address, sends the file there, and asks for a fresh address for each further
 * attempt. When an attempt failed after its bytes had gone and the archive then says that the file exists, it is compared instead of
 * sent again.
 */
export async function uploadFile(
  context: ImapContext,
  file: string | URL,
  options: ImapUploadOptions,
  delivery: Delivery,
  operation = 'imap.upload',
): Promise<ImapUploadResult> {
  context.transport.lifetime.assertOpen(operation);
  const path = toPath(file, `${operation}: file`);
  const name = basename(path);
  checkName(name, operation);
  const body = await fileBody(path, { operation, name, onProgress: options.onProgress });
  const upload: Upload = { context, operation, path, name, options, delivery };
  const status = await send(upload, body.bytes);
  const known = options.waitUntilIndexed === true ? tryParseImapFileName(name, { lax: true }) : undefined;
  if (known !== undefined) await waitUntilIndexed(context, known, options, operation);
  else if (options.waitUntilIndexed === true) {
    context.transport.log.warn(
      `${operation}: ${name} was uploaded; no query lists files of such a name, so nothing is waited for`,
    );
  }
  return { name, bytes: body.bytes, status };
}

async function send(upload: Upload, bytes: number): Promise<ImapUploadResult['status']> {
  const { context, operation, options, delivery } = upload;
  let failure: PutFailure | undefined;
  const { retries } = context.transport;
  for (let attempt = 1; ; attempt += 1) {
    let address: string;
    try {
      address = await addressFor(upload, retries - (attempt - 1));
    } catch (error) {
      if (!(error instanceof AlreadyExists)) throw error;
      const ours = delivery.delivered === 'maybe';
      if (!ours && options.existing !== 'accept-identical') throw error;
      await requireIdentical(upload, error, ours);
      return ours ? 'uploaded' : 'exists';
    }
    const outcome = await putFile(context, address, { ...upload, bytes });
    if (outcome === undefined) return 'uploaded';
    if (!outcome.mayRepeat || attempt > retries || isRepeatedRefusal(outcome, failure)) throw outcome.error;
    const waitMs = outcome.retryAfterMs ?? backoffMs(attempt, random());
    context.transport.log.warn(`${operation}: attempt ${attempt} failed, the next with a fresh address`, {
      reason: outcome.error.message,
      waitMs: Math.round(waitMs),
    });
    await sleep(waitMs, options.signal);
    failure = outcome;
  }
}

/** A fresh address that is refused as well is refused for good. */
function isRepeatedRefusal(now: PutFailure, before: PutFailure | undefined): boolean {
  return isSdcError(now.error, 'forbidden') && isSdcError(before?.error, 'forbidden');
}

async function addressFor({ context, operation, name, options }: Upload, retries: number): Promise<string> {
  const { signal, timeoutMs, manuallyReprocessed } = options;
  try {
    const answer = await context.transport.json({
      operation,
      url: `upload/${encodeURIComponent(name)}`,
      ...(manuallyReprocessed === true && { query: [['manually_reprocessed', 'true'] as const] }),
      retries,
      signal,
      timeoutMs,
    });
    return checkedAddress(context, answer, undefined, operation);
  } catch (error) {
    throw needsApiKey(error, context.settings.access, 'uploads');
  }
}

/**
 * Compares the file with the one that the archive holds.
 *
 * @throws {@link AlreadyExists} that says what differs, or why the two cannot be compared.
 */
async function requireIdentical(upload: Upload, taken: AlreadyExists, ours: boolean): Promise<void> {
  const { context, operation, path, name, options } = upload;
  const key = tryParseImapFileName(name, { lax: true })?.path();
  const what = `the archive holds a file ${name}${ours ? ', which may come from this upload' : ''}`;
  if (key === undefined) throw explained(taken, `${what}; it cannot be compared, since its place is unknown`);
  const { signal, timeoutMs } = options;
  const calls = { ...(signal && { signal }), ...(timeoutMs !== undefined && { timeoutMs }) };
  let compared: VerifiedFile;
  try {
    compared = await compareWithArchive(context, remoteFileOf(key, operation), path, calls, operation);
  } catch (error) {
    if (!(error instanceof SdcError) || error.code === 'closed') throw error;
    const advice =
      error instanceof Forbidden && context.settings.access === 'public'
        ? 'a file that is not released cannot be compared without apiKey (IMAP_API_KEY) or accessToken (IMAP_ACCESS_TOKEN)'
        : `the two cannot be compared: ${error.message.slice(`${operation}: `.length)}`;
    throw explained(taken, `${what}; ${advice}`, error);
  }
  if (compared.status === 'same' && compared.digest) return;
  const differs = compared.status === 'same' ? 'cannot be compared' : 'differs from the local file';
  throw explained(taken, `${what}, which ${differs}: ${compared.reason ?? 'the archive tells no digest'}`);
}

function explained(taken: AlreadyExists, message: string, cause?: SdcError): AlreadyExists {
  const { centre, operation, status, requestId, url, bodyExcerpt, messages, delivered } = taken;
  const init = { centre, operation, status, requestId, url, bodyExcerpt, messages, delivered };
  return new AlreadyExists(message, { ...init, cause: cause ?? taken });
}

/** Today's science files carry a full version; all other names are the server's to judge. */
function checkName(name: string, operation: string): void {
  const known = tryParseImapFileName(name, { lax: true });
  if (known?.kind !== 'science' || known.majorVersion !== undefined) return;
  throw new InvalidImapFileName(
    `${operation}: Invalid science file ${name}; the version must have the form vMMM.mmmm`,
    name,
    'pattern',
  );
}
