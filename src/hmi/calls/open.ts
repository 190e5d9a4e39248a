import { safeFileName } from '../../core/transfer/file/file-name.js';
import { openRemote } from '../../core/transfer/open.js';
import { isUrl } from '../../core/util/realms.js';
import type { OpenedFile } from '../../types.js';
import type { HmiOperation } from '../context.js';
import { uniqueFileName, uniqueNameOfLink } from '../names/unique-name.js';
import { fileRequest } from '../transfer/file-request.js';
import type { HmiFile, HmiRecord } from '../types.js';

export async function open(op: HmiOperation, file: HmiFile | string | URL): Promise<OpenedFile> {
  const isLink = typeof file === 'string' || isUrl(file);
  const link = op.arguments.text(isLink ? String(file) : file.url, 'file');
  // One that a program made itself may have no record.
  const record: HmiRecord | undefined = isLink ? undefined : file.record;
  const name = isLink || record === undefined ? uniqueNameOfLink(link) : uniqueFileName(record, link, file.segment);
  const uniqueName = safeFileName(name, 'hmi.fits');
  const request = { ...fileRequest(op, { source: link, link, uniqueName }), name: uniqueName };
  return openRemote(op, request, op.callOptions);
}
