/** Which check a name failed first. */
export type InvalidNameReason =
  | 'pattern'
  | 'instrument'
  | 'data_level'
  | 'date'
  | 'extension'
  | 'spice_type'
  | 'repointing'
  | 'cr'
  | 'cr_and_repointing';

/** A name that follows none of the archive's conventions, or not the one that was asked for. */
export class InvalidImapFileName extends TypeError {
  /** The name that was refused. */
  readonly fileName: string;
  /** The first check that it failed. */
  readonly reason: InvalidNameReason;

  constructor(message: string, fileName: string, reason: InvalidNameReason) {
    super(message);
    this.name = 'InvalidImapFileName';
    this.fileName = fileName;
    this.reason = reason;
  }
}

/** Advice for files that are stored elsewhere. */
export const IALIRT =
  'files of I-ALiRT, the real-time data, are served by a different service: https://ialirt.imap-mission.com, Python package ialirt-data-access';

/** Whether a name or path is of the real-time data. */
export function isIalirt(name: string): boolean {
  return /(?:^|\/)imap_ialirt_/u.test(name);
}

/** One failed check of a value inside a name. */
export interface Complaint {
  readonly reason: InvalidNameReason;
  readonly text: string;
}

/**
 * Throws when there are complaints; the message holds all of them, one per line.
 *
 * @throws {@link InvalidImapFileName}
 */
export function refuse(name: string, complaints: readonly (Complaint | undefined)[]): void {
  const found = complaints.filter((complaint) => complaint !== undefined);
  const [first] = found;
  if (first === undefined) return;
  const shown = `${JSON.stringify(name.slice(0, 200))} is not a valid IMAP file name`;
  throw new InvalidImapFileName(`${shown}: ${found.map(({ text }) => text).join('\n')}`, name, first.reason);
}

/** A complaint when a value is not on its list. */
export function unlisted(
  value: string,
  allowed: readonly string[],
  what: string,
  reason: InvalidNameReason,
): Complaint | undefined {
  if (allowed.includes(value)) return undefined;
  return { reason, text: `Invalid ${what} ${value}. Please choose from ${allowed.join(', ')}` };
}

/**
 * The last component of a name or path: directories that were given never become part of an archive path.
 *
 * @throws `InvalidImapFileName` for empty names and names with control characters; `TypeError` for other types.
 */
export function baseName(name: string): string {
  if (typeof name !== 'string') throw new TypeError('an IMAP file name must be a string');
  const base = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  refuse(name, [
    base === '' ? { reason: 'pattern', text: 'it does not end with a file name' } : undefined,
    /\p{Cc}/u.test(base) ? { reason: 'pattern', text: 'it contains control characters' } : undefined,
  ]);
  return base;
}
