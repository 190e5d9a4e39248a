import { basename } from 'node:path';
import { ConfigError } from '../../errors.js';
import { toPath } from '../../core/files/paths.js';
import type { Delivery } from '../../core/operation/delivery.js';
import { RELEASE_TYPES } from '../centre.js';
import type { ImapOperation } from '../context.js';
import { ReleaseFilePath } from '../names/ancillary.js';
import { requireGiven } from '../query/parameters.js';
import { waitUntilIndexed } from '../transfer/indexed.js';
import { sendFile } from '../transfer/send-file.js';
import { RELEASE } from '../routes.js';
import type { ReleaseOptions, ReleaseQuery } from '../types.js';
import { sendOrder } from '../orders/send-order.js';

/** As long as the Python tool waits; a manifest that is not listed by then, but is there, is used as it is. */
const SETTLE_MS = 10_000;

/**
 * `ImapClient.release`: uploads the manifest, waits until it is listed, then asks for the release, once. An identical manifest that
 * is there already is used as it is, so that a release that was interrupted can be called again.
 */
export async function release(op: ImapOperation, query: ReleaseQuery, options: ReleaseOptions): Promise<string> {
  return op.changing((delivery) => sendRelease(op, query, options, delivery));
}

async function sendRelease(
  op: ImapOperation,
  query: ReleaseQuery,
  options: ReleaseOptions,
  delivery: Delivery,
): Promise<string> {
  const { arguments: args, context } = op;
  if (context.settings.access !== 'api-key') {
    throw new ConfigError('API key is required for release operations; set option apiKey or IMAP_API_KEY', op.init());
  }
  requireGiven(args, query, ['manifestFile'], 'a manifest file is required; check that its path is valid');
  const releaseType = args.oneOf(query.releaseType, 'releaseType', RELEASE_TYPES);
  const manifest = new ReleaseFilePath(basename(toPath(query.manifestFile, args.label('manifestFile'))));
  await sendFile(op, query.manifestFile, { existing: 'accept-identical' }, delivery);
  delivery.prepared();
  await waitUntilIndexed(op, manifest, { ...options, settleMs: SETTLE_MS });
  return sendOrder(op, {
    url: RELEASE,
    query: [
      ['release_type', releaseType],
      ['manifest_file', manifest.name],
    ],
    delivery,
  });
}
