import { statIfThere } from '../../core/files/stat-file.js';
import { now, sleep } from '../../core/util/time.js';

/** Size and date of a file, for people too; `undefined` where it is gone. */
export async function fingerprintOf(path: string): Promise<string | undefined> {
  return (await look(path))?.fingerprint;
}

async function look(path: string): Promise<{ readonly fingerprint: string; readonly ageMs: number } | undefined> {
  const found = await statIfThere(path);
  if (found === undefined) return undefined;
  const { bytes, modified } = found;
  return { fingerprint: `${bytes} bytes of ${modified.toISOString()}`, ageMs: now() - modified.getTime() };
}

/**
 * Waits until a file has not changed for `stableMs`: by its date, or while it was watched.
 *
 * @param patient - False: one that changes while it is watched is given up.
 * @returns how it is then; `undefined` where it is gone, or was given up.
 */
export async function whenStable(
  path: string,
  stableMs: number,
  patient: boolean,
  signal: AbortSignal,
): Promise<string | undefined> {
  let seen = await look(path);
  if (seen !== undefined && seen.ageMs > stableMs) return seen.fingerprint;
  for (;;) {
    if (seen === undefined) return undefined;
    await sleep(stableMs, signal);
    const after = await look(path);
    if (after?.fingerprint === seen.fingerprint) return seen.fingerprint;
    if (!patient) return undefined;
    seen = after;
  }
}
