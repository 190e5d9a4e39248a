import { baseName } from '../names/classify.js';
import { presign } from '../storage/presign.js';
import { REPROCESSED } from '../storage/signature.js';
import { json } from './answers.js';
import type { ApiCall } from './call.js';

/** `GET /upload/<name>` of 2026 (section 6.2): scope, name, class, existence, in this order. */
export function upload(call: ApiCall): Response {
  const { archive, rest, scope } = call;
  if (scope === 'read') return json('Upload access denied. Your API key has read-only permissions.', 403, 'none');
  const name = baseName(rest);
  if (name === '') {
    const hint = 'Please provide a filename in the path. Eg. /upload/path/to/file/filename.pkts';
    return json(`No filename given for the upload. ${hint}`, 400, 'none');
  }
  const key = archive.keyFor(name);
  if (key === undefined) {
    const message = `error: ${name} does not match ancillary, science, cadence, or SPICE file naming convention.`;
    return json(message, 400, 'none');
  }
  if (archive.objects.has(key)) {
    const advice = 'Rename it or remove the existing file before uploading again.';
    const message = `The file '${key}' already exists. ${advice}`;
    return json({ error: 'FileAlreadyExists', message }, 409, 'none');
  }
  return json(uploadUrl(call, key), 200, 'none');
}

/** The presigned PUT for a key. */
export function uploadUrl({ archive, context, service, parameters }: ApiCall, key: string): string {
  const { presignedSeconds } = service.options;
  const isReprocessed = parameters?.get('manually_reprocessed')?.toLowerCase() === 'true';
  const signsTags = service.options.signedHeaders?.['x-amz-tagging'] === '';
  const signedHeaders =
    signsTags && isReprocessed
      ? { ...service.options.signedHeaders, 'x-amz-tagging': REPROCESSED }
      : service.options.signedHeaders;
  return presign({
    method: 'PUT',
    origin: context.origin('storage'),
    key,
    at: archive.now(),
    seconds: presignedSeconds?.put ?? 3600,
    ...(signedHeaders === undefined ? {} : { headers: signedHeaders }),
  });
}
