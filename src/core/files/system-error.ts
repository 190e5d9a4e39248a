import { isError } from '../util/realms.js';

/** The system's code of a failure, such as `ENOENT`. */
export function systemCode(error: unknown): string | undefined {
  return isError(error) && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

const WORDS: Readonly<Record<string, string>> = {
  EACCES: 'no permission to write there; choose another directory or change its permissions',
  EBUSY: 'the file is in use by another program; close it',
  EDQUOT: 'the disk quota is used up; free some space',
  EEXIST: 'the name is already taken; choose another one',
  EFBIG: 'the file is larger than the file system or the process limit allows',
  EIO: 'the disk failed; check it',
  EISDIR: 'it is a directory; choose another name',
  ELOOP: 'it is a symbolic link that points nowhere; remove it',
  EMFILE: 'too many open files; lower the concurrency or raise the limit',
  ENAMETOOLONG: 'the name is too long for the file system; choose a shorter one',
  ENFILE: 'too many open files on this machine; lower the concurrency',
  ENOENT: 'the directory was removed',
  ENOSPC: 'the disk is full; free some space',
  ENOTDIR: 'part of the path is a file, not a directory; choose another directory',
  EPERM: 'the operation is not permitted there; choose another directory',
  EROFS: 'the file system is read-only; choose another directory',
};

/** Where reading is another matter than writing. */
const READ_WORDS: Readonly<Record<string, string>> = {
  ...WORDS,
  EACCES: 'no permission to read it; change its permissions',
  EISDIR: 'it is a directory; name a file',
  ENOENT: 'it no longer exists',
  ENOTDIR: 'it no longer exists',
  EPERM: 'the operation is not permitted there',
};

/** What a failure of the disk means and what to do, in words, for what was to be written. */
export function diskWords(error: unknown): string {
  return wordsOf(error, WORDS);
}

/** The same for what was to be read. */
export function readWords(error: unknown): string {
  return wordsOf(error, READ_WORDS);
}

function wordsOf(error: unknown, known: Readonly<Record<string, string>>): string {
  const code = systemCode(error);
  const words = code === undefined ? undefined : known[code];
  if (code !== undefined && words !== undefined) return `${words} (${code})`;
  return isError(error) ? error.message : 'the disk failed or refused access';
}

/** Whether the error came from the file system. */
export function isDiskError(error: unknown): boolean {
  const code = systemCode(error);
  return code !== undefined && (code in WORDS || (isError(error) && 'syscall' in error));
}
