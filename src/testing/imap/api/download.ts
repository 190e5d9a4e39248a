import { presign } from '../storage/presign.js';
import { baseName } from '../names/classify.js';
import { labelledHtml } from './answers.js';
import type { ApiCall } from './call.js';

/** `GET` and `HEAD /download/<path>` (section 5.2): existence first, then the release check. */
export function download(call: ApiCall): Response {
  const { archive, rest: key, prefix, service, context } = call;
  if (key === '') {
    const hint = 'Eg. /download/path/to/file/filename.pkts';
    return labelledHtml(`No file requested for download. Please provide a filename in the path. ${hint}`, 400);
  }
  if (!archive.objects.has(key)) {
    const hint =
      'make sure you include the full path to the file in the request, e.g. /download/path/to/file/filename.pkts.';
    return labelledHtml(`File not found, ${hint}`, 404);
  }
  if (service.options.generation !== '2024' && prefix === 'public' && !isPublic(call, key)) {
    return labelledHtml(`The file ${key} is not a part of a public release yet.`, 403);
  }
  const seconds = service.options.presignedSeconds?.get ?? 86_400;
  const location = presign({ method: 'GET', origin: context.origin('storage'), key, at: archive.now(), seconds });
  return labelledHtml(JSON.stringify({ download_url: location }), 302, { location });
}

/** Quicklook, dependency and release files are looked up in tables that do not hold them under that key, so they stay closed. */
function isPublic({ archive }: ApiCall, key: string): boolean {
  if (key.includes('test_data') || key.startsWith('packets/') || key.startsWith('archive/')) return true;
  const file = archive.classify(baseName(key));
  if (file?.family === 'spice') return true;
  if (file?.family !== 'science' && file?.family !== 'ancillary') return false;
  return archive.row(key)?.released === true;
}
