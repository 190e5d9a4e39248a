import type { StoredObject } from '../archive/objects.js';

/** Judges the conditional headers of a GET or HEAD (RFC 9110, 13.2.2): 304, 412 or go on. */
export function condition(request: Request, object: StoredObject): 304 | 412 | undefined {
  const { headers } = request;
  const modified = Math.floor(object.modified / 1000) * 1000;
  const match = headers.get('if-match');
  const unmodifiedSince = moment(headers.get('if-unmodified-since'));
  if (match !== null) {
    if (!names(match, object.etag)) return 412;
  } else if (unmodifiedSince !== undefined && modified > unmodifiedSince) return 412;
  const noneMatch = headers.get('if-none-match');
  if (noneMatch !== null) return names(noneMatch, object.etag) ? 304 : undefined;
  const modifiedSince = moment(headers.get('if-modified-since'));
  return modifiedSince !== undefined && modified <= modifiedSince ? 304 : undefined;
}

function names(list: string, etag: string): boolean {
  return list.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

function moment(text: string | null): number | undefined {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? undefined : ms;
}
