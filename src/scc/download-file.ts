import { baseName, below, toPath } from '../core/files/paths.js';
import { netcdfOrZipCheck, noPageCheck } from '../core/transfer/checks.js';
import { downloadOne } from '../core/transfer/download.js';
import type { ContentCheck } from '../core/transfer/types.js';
import type { DownloadedFile, DownloadOptions } from '../types.js';
import type { SccConnection } from './connection.js';

/** Anything but a page; an archive must be whole. */
const ANY_FILE: ContentCheck = { ...netcdfOrZipCheck, ...noPageCheck };

/** Any file of the site, to a path of the user's choice. */
export async function downloadFile(
  connection: SccConnection,
  url: string | URL,
  path: string | URL,
  options: DownloadOptions,
): Promise<DownloadedFile> {
  const operation = 'scc.downloadFile';
  const { baseUrl, lifetime } = connection.transport;
  lifetime.assertOpen(operation);
  if (!URL.canParse(String(url), baseUrl.href)) throw new TypeError(`${operation}: url is not an address`);
  const address = new URL(url, baseUrl);
  if (address.origin !== baseUrl.origin)
    throw new TypeError(
      `${operation}: url must be on ${baseUrl.host}; other hosts get neither requests nor credentials`,
    );
  const target = toPath(path, `${operation}: path`);
  const call = {
    operation,
    url: address,
    bulk: true,
    headers: { accept: '*/*' },
    timeoutMs: connection.productTimeoutMs,
  };
  return downloadOne(
    connection.transport,
    {
      operation,
      source: address.href,
      call,
      directory: below(target, '..'),
      name: baseName(target),
      exactName: true,
      check: ANY_FILE,
      open: (sent) => connection.open(sent),
    },
    // What the site offers changes under its name.
    { ...options, overwrite: options.overwrite ?? 'update' },
  );
}
