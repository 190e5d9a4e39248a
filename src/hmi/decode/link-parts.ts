/** What the path of a file link tells; every part may be missing. */
export interface LinkParts {
  /** Series as in the path, which in generations 1 and 2 is the short name. */
  readonly series?: string;
  readonly recnum?: number;
  readonly segment?: string;
  /** Last part of the path. */
  readonly lastPart: string;
}

const G2_NAME = /^(\d+)_(\d{14})_(.+)$/u;
const EXTENSION = /\.fits(?:\.(?:gz|fz))?$/iu;

/**
 * Reads the parts of a file link of any generation:
 * `…/HMI/sharp_720s/sharp_720s_20151211_182208` (1), `…/HMI/sharp_720s/{recnum}_{time}_{segment}.fits` (2),
 * `…/HMI/hmi.sharp_720s/{recnum}/{segment}.fits` (3 and 4).
 *
 * Segment names keep their case: `Br` and `Dopplergram` are spelled so.
 */
export function linkParts(url: string): LinkParts {
  const parts = url
    .replace(/[?#].*$/su, '')
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/iu, '')
    .split('/')
    .map(decoded);
  const route = parts.lastIndexOf('HMI');
  const [series, ...rest] = route < 0 ? [undefined, parts.at(-1) ?? ''] : parts.slice(route + 1);
  const lastPart = rest.at(-1) ?? '';
  const own = series === undefined || series === '' ? {} : { series };
  const stem = lastPart.replace(EXTENSION, '');
  const g2 = G2_NAME.exec(stem);
  if (g2 !== null) return { ...own, recnum: Number(g2[1]), segment: g2[3] ?? '', lastPart };
  const before = rest.at(-2);
  if (before !== undefined && /^\d+$/u.test(before) && stem !== '')
    return { ...own, recnum: Number(before), segment: stem, lastPart };
  return { ...own, lastPart };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
