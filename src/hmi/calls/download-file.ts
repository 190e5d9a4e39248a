import { downloadOne } from '../../core/transfer/download.js';
import { safeFileName } from '../../core/transfer/file/file-name.js';
import type { DownloadedFile } from '../../types.js';
import type { HmiOperation } from '../context.js';
import { serverName } from '../names/server-name.js';
import { uniqueNameOfLink } from '../names/unique-name.js';
import { fileRequest, targetFolder } from '../transfer/file-request.js';
import type { HmiDownloadFileOptions } from '../types.js';

export async function downloadFile(
  op: HmiOperation,
  url: string | URL,
  directory: string | URL,
  options: HmiDownloadFileOptions,
): Promise<DownloadedFile<string>> {
  const { fileName = 'unique' } = options;
  const link = op.arguments.text(String(url), 'url');
  const uniqueName = safeFileName(uniqueNameOfLink(link), 'hmi.fits');
  const name =
    fileName === 'server'
      ? serverName(link, uniqueName)
      : fileName === 'unique'
        ? uniqueName
        : safeFileName(op.arguments.text(fileName(link), 'the result of fileName'), uniqueName);
  const target = { directory: targetFolder(op.arguments, directory), name };
  return downloadOne(op, { ...fileRequest(op, { source: link, link, uniqueName }), ...target }, options);
}
