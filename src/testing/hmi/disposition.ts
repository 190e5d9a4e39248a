import type { HmiDisposition } from './options.js';
import type { HmiSimFile } from './records.js';

/** Names that a client must not use as they come: one for each kind of trap. */
export const EVIL_DISPOSITIONS: readonly string[] = [
  'attachment; filename="../../x.fits"; size=3',
  'attachment; filename=/etc/cron.d/x.fits',
  String.raw`attachment; filename="..\\..\\x.fits"`,
  String.raw`attachment; filename="C:\\Windows\\x.fits"`,
  "attachment; filename*=UTF-8''..%2f..%2fx.fits",
  "attachment; filename*=UTF-8''a%00b%0d%0ac%1b%7f.fits",
  'attachment; filename=CON',
  'attachment; filename="nul.fits"',
  `attachment; filename=${'n'.repeat(300)}.fits`,
  String.raw`attachment; filename="say \"hi\".fits"; size=3`,
  'attachment; filename=".."',
  'attachment; filename="."',
  'attachment; filename=""',
  'attachment; filename=".bashrc"',
  'attachment; filename="x.fits:stream"',
  'attachment; filename="x.fits. . "',
  "attachment; filename*=UTF-8''%ff%fe.fits",
  "attachment; filename*=UTF-8''x%e2%80%aestif.fits",
  'attachment; filename="unterminated.fits',
  'attachment; filename="a\tb.fits"',
  'ATTACHMENT; FILENAME=upper.fits',
  'attachment',
  'x.fits',
];

/** The `Content-Disposition` of a file; `undefined`: there is none. */
export function dispositionOf(
  file: HmiSimFile,
  mode: HmiDisposition | ((file: HmiSimFile) => string | undefined),
  place: number,
): string | undefined {
  if (typeof mode === 'function') return mode(file);
  switch (mode) {
    case 'token':
      return `attachment; filename=${/^[\w.-]+$/.test(file.urlName) ? file.urlName : quote(file.urlName)}`;
    case 'quoted':
      return `attachment; filename=${quote(`SDO HMI ${file.urlName}`)}; size=3`;
    case 'star':
      return `attachment; filename=${quote(file.urlName)}; filename*=UTF-8''%E2%98%89%20${encodeURIComponent(file.urlName)}`;
    case 'missing':
      return undefined;
    case 'evil':
      return EVIL_DISPOSITIONS[(file.recnum + place) % EVIL_DISPOSITIONS.length];
  }
}

/** A quoted string with the escapes of Werkzeug. */
function quote(text: string): string {
  return `"${text.replace(/["\\]/g, String.raw`\$&`)}"`;
}
