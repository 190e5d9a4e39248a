import type { AncillaryFile, AncillaryType } from '../types.js';
import type { ApiAncillary } from './schemas.js';

/** An ancillary file of the JSON API as ours; the SCC has none of those that are `missing`. */
export function toAncillary({ id, filename, status }: ApiAncillary, type: AncillaryType): AncillaryFile {
  const exists = status?.toLowerCase() !== 'missing';
  return { id, filename, type, ...(status !== undefined && { status }), exists };
}
