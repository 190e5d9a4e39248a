import type { ResponseHead } from '../../core/http/response.js';
import { nameFromDisposition, safeFileName } from '../../core/transfer/file/file-name.js';
import { linkParts } from '../decode/link-parts.js';

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

/** Which names one call has given to which links, so that no file of it can take another's place. */
export class ReservedNames {
  readonly #owners = new Map<string, string>();

  /**
   * Reserves a name for a link.
   *
   * @returns `false` where the name was given to another link before.
   */
  reserve(name: string, url: string): boolean {
    // Some file systems ignore case.
    const key = name.toLowerCase();
    const owner = this.#owners.get(key) ?? url;
    this.#owners.set(key, owner);
    return owner === url;
  }
}

/** The name of a link among those of one call: its unique name, numbered where another link has that. */
export function reservedName(reserved: ReservedNames, uniqueName: string, link: string): string {
  let name = uniqueName;
  for (let count = 2; !reserved.reserve(name, link); count += 1)
    name = uniqueName.replace(/(\.fits(?:\.[gf]z)?)$/u, `.${count}$1`);
  return name;
}
