import { DATA_FOLDER } from '../routes.js';
import { recordSegmentOf } from './generations.js';

/** What the path of a file link says; every part may be missing. */
export interface LinkParts {
  /** Series as in the path, which in generations 1 and 2 is the short name. */
  readonly series?: string | undefined;
  readonly recnum?: number;
  readonly segment?: string;
  /** Last part of the path. */
  readonly lastPart: string;
}

/** The ending of a FITS file, compressed or not. */
export const FITS_ENDING = /\.fits(?:\.(?:gz|fz))?$/iu;

/**
 * Reads the parts of a file link of any generation. Segment names keep their case: `Br` and `Dopplergram` are written that way.
 */
export function linkParts(url: string): LinkParts {
  const parts = url
    .replace(/[?#].*$/su, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/iu, '')
    .split('/')
    .map(decoded);
  const route = parts.lastIndexOf(DATA_FOLDER);
  const [series, ...rest] = route < 0 ? [undefined, parts.at(-1) ?? ''] : parts.slice(route + 1);
  const lastPart = rest.at(-1) ?? '';
  return {
    series: series === '' ? undefined : series,
    ...recordSegmentOf(lastPart.replace(FITS_ENDING, ''), rest.at(-2)),
    lastPart,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
