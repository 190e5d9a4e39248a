import { ELEVATION_MODELS } from '../../centre.js';
import type { ScopsConfig } from '../../config/types.js';
import { demUploadOf, requireOverlap } from '../../order/dem.js';
import type { GeoBounds } from '../../types.js';
import { readBoolean } from '../../config/booleans.js';
import { complaintOf } from './complaint.js';

const WORDS = { file: 'dem_name', header: 'the header of dem_name', way: '' } as const;

/** Why the scheduler would stop at the elevation model of a config, or find it in another place. */
export async function demProblem({ defaults, lines }: ScopsConfig): Promise<string | undefined> {
  const named = [defaults, ...Object.values(lines)].flatMap(({ dem_name: name = '' }) => (name === '' ? [] : [name]));
  for (const file of new Set(named)) {
    if (!file.startsWith('/')) return `dem_name must be an absolute path, got ${file}`;
    const complaint = await complaintOf(async (args) => {
      const dem = await demUploadOf(args, { file }, WORDS);
      const flight = boundsIn(defaults.bounds);
      if (flight !== undefined && defaults.force_dem === undefined) requireOverlap(args, dem, flight);
    });
    if (complaint !== undefined) return complaint;
  }
  if ((defaults.dem_name ?? '') !== '') return undefined;
  if (readBoolean(defaults.ftp_dem) === true)
    return readBoolean(defaults.ftp_dem_confirmed) === true
      ? 'ftp_dem_confirmed is True, but dem_name names no file'
      : undefined;
  return ELEVATION_MODELS.some((model) => model === defaults.dem)
    ? undefined
    : 'dem must be aster or srtm, or dem_name a file';
}

/** `bounds = north east south west`. */
function boundsIn(text = ''): GeoBounds | undefined {
  const [north = NaN, east = NaN, south = NaN, west = NaN, ...more] = text.split(' ').map(Number);
  const usable = [north, east, south, west].every(Number.isFinite) && more.length === 0;
  return usable ? { north, east, south, west } : undefined;
}
