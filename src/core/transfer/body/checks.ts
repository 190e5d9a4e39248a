import type { SdcErrorInit } from '../../../errors.js';
import { readRange } from '../../files/read-range.js';
import { lazy } from '../../util/lazy.js';
import type { ContentCheck } from '../types.js';
import type { ZipSettings } from '../zip/contents.js';

const NETCDF_CLASSIC = [0x43, 0x44, 0x46]; // "CDF", then the version: 1, 2 or 5
const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const ZIP_MEMBER = [0x50, 0x4b, 0x03, 0x04];
const ZIP_EMPTY = [0x50, 0x4b, 0x05, 0x06];
const FITS = 'SIMPLE  =';

/** The archive reader is loaded when an archive may come. */
const zipContents = lazy(() => import('../zip/contents.js'));

async function loadZip(init: SdcErrorInit): Promise<void> {
  const { loadReader } = await zipContents(init);
  await loadReader(init);
}

async function zipComplaint(path: string, settings: ZipSettings): Promise<string | undefined> {
  const contents = await zipContents();
  return contents.zipComplaint(path, settings);
}

/**
 * A zip archive: its first bytes, and at the end its central directory and the checksum of each member.
 *
 * @param judge - Complains about the names of the files in it.
 */
export function zipCheckWith(judge?: ZipSettings['judge']): ContentCheck {
  return {
    expected: 'a zip archive',
    head: (first) => (isZip(first) ? undefined : looksLike(first)),
    load: loadZip,
    provesEnd: true,
    whole: (path, _bytes, signal) => zipComplaint(path, { signal, judge }),
  };
}

/** A zip archive, whatever is in it. */
export const zipCheck = zipCheckWith();

/** A netCDF file or a zip archive of such, as the SCC sends them. */
export const netcdfOrZipCheck: ContentCheck = {
  expected: 'a netCDF file or a zip archive',
  head: (first) => (isNetcdf(first) || isZip(first) ? undefined : looksLike(first)),
  load: loadZip,
  whole: async (path, _bytes, signal) =>
    isZip(await readRange(path, 0, 4)) ? zipComplaint(path, { signal }) : undefined,
};

/** A FITS file by its first card (FITS standard 4.0, section 4.4.1); whether it is whole, its headers tell. */
export const fitsCheck: ContentCheck = {
  expected: 'a FITS file',
  head: (first) => (textOf(first).startsWith(FITS) ? undefined : looksLike(first)),
};

/** Anything but a web page, for files whose format is not known. */
export const noPageCheck: ContentCheck = {
  expected: 'a file',
  head: (first, head) => (isPage(first, head.contentType) ? looksLike(first) : undefined),
};

function isZip(first: Uint8Array): boolean {
  return startsWith(first, ZIP_MEMBER) || startsWith(first, ZIP_EMPTY);
}

function isNetcdf(first: Uint8Array): boolean {
  return (startsWith(first, NETCDF_CLASSIC) && [1, 2, 5].includes(first[3] ?? 0)) || startsWith(first, HDF5);
}

/** Whether the body is a web page: its type says so and its beginning does, too. */
function isPage(first: Uint8Array, contentType: string | undefined): boolean {
  const text = textOf(first).trimStart().toLowerCase();
  if (text.startsWith('<!doctype html') || text.startsWith('<html')) return true;
  return /^text\/html\b/iu.test(contentType ?? '') && text.startsWith('<');
}

/** What the first bytes look like instead, for a message. */
function looksLike(first: Uint8Array): string {
  if (first.byteLength === 0) return 'it is empty';
  const text = textOf(first).trim();
  if (isPage(first, undefined)) {
    const title = /<title[^>]*>([^<]*)/iu.exec(text)?.[1]?.trim() ?? '';
    return title === '' ? 'it is a web page' : `it is a web page with the title "${title.slice(0, 80)}"`;
  }
  const readable = /^[\x20-\x7e\s]*$/u.test(text);
  if (readable) return `it begins with "${text.replace(/\s+/gu, ' ').slice(0, 60)}"`;
  return `it begins with the bytes ${Buffer.from(first.subarray(0, 8)).toString('hex')}`;
}

function textOf(first: Uint8Array): string {
  return Buffer.from(first.buffer, first.byteOffset, first.byteLength).toString('latin1');
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}
