import type { ResponseHead } from '../../core/http/response.js';
import { nameFromDisposition, safeFileName } from '../../core/transfer/file/file-name.js';
import { linkParts } from '../decode/link-parts.js';
import type { ReservedNames } from './reserved-names.js';

/**
 * Names a file as the server does: the base name of its `Content-Disposition`, else the last part of the link, made
 * safe. Generations 3 and 4 call a segment alike in every record (`magnetogram.fits`); from the second one on in the
 * same call, the unique name is taken, so that one record's file does not pass for another's.
 */
export function serverName(link: string, uniqueName: string, reserved?: ReservedNames): (head: ResponseHead) => string {
  return (head) => {
    const given = nameFromDisposition(head.headers.get('content-disposition')) ?? linkParts(link).lastPart;
    const name = safeFileName(unhidden(given), uniqueName);
    return reserved?.reserve(name, link) === false ? uniqueName : name;
  };
}

/** The base name without what would hide it, or its true ending, from a reader: leading dots and text direction marks. */
function unhidden(name: string): string {
  const base = name.split(/[/\\]/u).at(-1) ?? '';
  return base.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '').replace(/^[.\s]+/u, '');
}
