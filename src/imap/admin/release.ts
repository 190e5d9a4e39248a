import { basename } from 'node:path';
import { ConfigError } from '../../errors.js';
import { toPath } from '../../core/files/paths.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { Arguments } from '../../core/operation/arguments.js';
import { requireOneOf } from '../../core/validate/arguments.js';
import { RELEASE_TYPES } from '../constants.js';
import type { ImapContext } from '../context.js';
import { ReleaseFilePath } from '../names/ancillary.js';
import { requireGiven } from '../query/parameters.js';
import { waitUntilIndexed } from '../transfer/indexed.js';
import { uploadFile } from '../transfer/upload.js';
import type { ReleaseOptions, ReleaseQuery } from '../types.js';
import { saidOf } from './said.js';

const OPERATION = 'imap.release';
/** So long the Python tool waits; a manifest that is not listed by then, but is there, is taken as it is. */
const SETTLE_MS = 10_000;

/**
 * `ImapClient.release`: uploads the manifest, waits until it is listed, then asks for the release, once. An identical manifest that
 * is there already is used as it is, so that a release that was interrupted can be called again.
 */
export async function release(
  context: ImapContext,
  query: ReleaseQuery,
  options: ReleaseOptions,
  delivery: Delivery,
): Promise<string> {
  if (context.settings.access !== 'api-key') {
    throw new ConfigError('API key is required for release operations; set option apiKey or IMAP_API_KEY', {
      centre: 'imap',
      operation: OPERATION,
    });
  }
  requireGiven(
    new Arguments(OPERATION),
    query,
    ['manifestFile'],
    'a manifest file is required; check that its path is valid',
  );
  const releaseType = requireOneOf(query.releaseType, RELEASE_TYPES, 'releaseType', OPERATION);
  const manifest = new ReleaseFilePath(basename(toPath(query.manifestFile, `${OPERATION}: manifestFile`)));
  await uploadFile(context, query.manifestFile, { ...options, existing: 'accept-identical' }, delivery, OPERATION);
  delivery.prepared();
  await waitUntilIndexed(context, manifest, { ...options, settleMs: SETTLE_MS }, OPERATION);
  const call = {
    operation: OPERATION,
    url: 'release',
    query: [
      ['release_type', releaseType],
      ['manifest_file', manifest.name],
    ],
    delivery,
    signal: options.signal,
    timeoutMs: options.timeoutMs,
  } as const;
  return saidOf(await context.transport.text(call), context.transport.init(call));
}
