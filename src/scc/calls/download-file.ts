import { baseName, below, toPath } from '../../core/files/paths.js';
import { netcdfOrZipCheck, noPageCheck } from '../../core/transfer/body/checks.js';
import { downloadOne } from '../../core/transfer/download.js';
import type { ContentCheck } from '../../core/transfer/types.js';
import type { DownloadedFile, DownloadOptions } from '../../types.js';
import type { SccOperation } from '../context.js';
import { openFile, fileCall } from '../site/open-file.js';

/** Anything but a page; an archive must be whole. */
const ANY_FILE: ContentCheck = { ...netcdfOrZipCheck, ...noPageCheck };

/** Any file of the site, to a path of the user's choice. */
export async function downloadFile(
  op: SccOperation,
  url: string | URL,
  path: string | URL,
  options: DownloadOptions,
): Promise<DownloadedFile> {
  const { arguments: args } = op;
  const { baseUrl } = op.http;
  op.assertOpen();
  if (!URL.canParse(String(url), baseUrl.href)) throw args.invalid('url is not a valid URL');
  const address = new URL(url, baseUrl);
  if (address.origin !== baseUrl.origin)
    throw args.invalid(`url must be on ${baseUrl.host}; requests and credentials are never sent to other hosts`);
  const target = toPath(path, args.label('path'));
  return downloadOne(
    op,
    {
      source: address.href,
      call: fileCall(op, address),
      directory: below(target, '..'),
      name: baseName(target),
      exactName: true,
      check: ANY_FILE,
      open: (sent) => openFile(op, sent),
    },
    // What the site offers changes under its name.
    { ...options, overwrite: options.overwrite ?? 'update' },
  );
}
