import { zipCheckWith } from '../../core/transfer/body/checks.js';
import type { ContentCheck } from '../../core/transfer/types.js';

/**
 * A zip archive with the members that belong into it, each with its right checksum: SCOPS copies and appends archives in
 * place, so that one can be fetched while it is being written (pitfall 17).
 *
 * @param members - Base names that must be there.
 */
export function archiveCheck(members: readonly string[]): ContentCheck {
  return zipCheckWith((names) => {
    const there = new Set(names.map((name) => name.slice(name.lastIndexOf('/') + 1)));
    const missing = members.find((member) => !there.has(member));
    return missing === undefined ? undefined : `it lacks ${missing}; it may have been fetched while it was written`;
  });
}
