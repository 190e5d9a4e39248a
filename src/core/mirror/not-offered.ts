import { isSdcError } from '../../errors.js';
import { now } from '../util/time.js';
import type { Run } from './context.js';
import type { ManifestEntry } from './manifest-line.js';
import type { Candidate } from './plan.js';
import { WHOLE_EVERY_MS } from './source-run.js';

const MOST_NAMED = 20;

/** A file that was asked for. */
interface Listed {
  readonly candidate: Candidate;
  /** Its line before. */
  readonly entry: ManifestEntry | undefined;
}

/**
 * Whether a file is one that the centre lists and did not offer, in the version that it lists now. It is asked for again when that changes, and once a
 * week: it may have come to light without a trace in the listing.
 */
export function isKnownNotOffered({ manifest }: Run, { path, version }: Candidate): boolean {
  const line = manifest.removal(path);
  if (version === undefined || line?.version !== version) return false;
  const ageMs = now() - Date.parse(line.removedAt);
  return ageMs >= 0 && ageMs < WHOLE_EVERY_MS;
}

/** Records files that the centre lists and does not offer. One that is here in an earlier version keeps its line. */
export async function recordNotOffered({ op, manifest }: Run, absent: readonly Listed[]): Promise<void> {
  const removedAt = new Date(now()).toISOString();
  const lines = absent.flatMap(({ entry, candidate: { path, version } }) =>
    entry === undefined && version !== undefined ? [{ path, removedAt, version }] : [],
  );
  if (lines.length === 0) return;
  try {
    await manifest.append(op.signal, ...lines);
  } catch (error) {
    op.signal?.throwIfAborted();
    if (!isSdcError(error)) throw error;
    op.warn(
      `which files the centre does not offer could not be recorded, so they are asked for again: ${error.message}`,
    );
  }
}

/** Names the files that were not asked for. */
export function tellNotOffered({ op, notOffered }: Run): void {
  if (notOffered.length === 0) return;
  const more = notOffered.length - MOST_NAMED;
  const names = notOffered.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
  op.warn(
    `the centre lists ${notOffered.length} ${notOffered.length === 1 ? 'file' : 'files'} that it did not offer when asked, left out until ` +
      `the listing changes or a week is over: ${names}`,
  );
}
