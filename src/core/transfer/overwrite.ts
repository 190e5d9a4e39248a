import type { OverwriteMode } from '../../types.js';

/** What may be done with an existing target. */
export const OVERWRITE_MODES = [
  'skip',
  'update',
  'replace',
  'unique',
  'error',
] as const satisfies readonly OverwriteMode[];
