import { findValue, getValue } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { PythonError } from '../python/error.js';
import type { ScopsSampleFlight } from '../types.js';
import type { World } from '../world/world.js';

/** The elevation model of an order: the uploaded one if that file is there, else a generated one. */
export function provideDem(world: World, config: ConfigFile, folder: string): string {
  const value = (key: string): string => getValue(config, 'DEFAULT', key);
  const uploaded = findValue(config, 'DEFAULT', 'dem_name') ?? '';
  if (uploaded !== '' && world.disk.has(uploaded)) return uploaded;
  if ((findValue(config, 'DEFAULT', 'ftp_dem') ?? '').toLowerCase() === 'true') {
    throw new PythonError('the DEM sent by FTP is not there');
  }
  const source = value('dem');
  if (source !== 'aster' && source !== 'srtm') throw new PythonError(`no DEM can be generated from ${source}`);
  const name = [value('project_code'), value('year'), value('julianday'), value('projection')].join('_');
  const path = `${folder}/dem/${name.replaceAll(' ', '_')}.dem`;
  world.disk.write(path, `generated from ${source}\n`);
  return path;
}

/** Whether an uploaded model covers the navigation; raises for one that cannot be read. */
export function coversFlight(world: World, dem: string, flight: ScopsSampleFlight | undefined): boolean {
  const bytes = world.disk.read(dem)?.bytes ?? new Uint8Array();
  if (bytes.length === 0) throw new PythonError(`${dem} cannot be read: it is empty`);
  if (world.settings.demCovers !== undefined) return world.settings.demCovers;
  const header = world.disk.text(dem.replace(/\.dem$/, '.hdr'));
  if (header === undefined) throw new PythonError(`${dem} cannot be read: it has no header`);
  const extent = parseExtent(header);
  if (extent === undefined) throw new PythonError(`${dem} cannot be read: its header is not understood`);
  if (flight === undefined) throw new PythonError('no navigation data');
  const { north, south, east, west } = flight.bounds;
  return extent.north >= north && extent.south <= south && extent.east >= east && extent.west <= west;
}

interface Extent {
  readonly north: number;
  readonly south: number;
  readonly east: number;
  readonly west: number;
}

/** Corners by `samples`, `lines` and `map info = {…, 1, 1, west, north, dx, dy, …}` of an ENVI header. */
function parseExtent(header: string): Extent | undefined {
  const samples = Number(/^\s*samples\s*=\s*(\d+)/m.exec(header)?.[1]);
  const lines = Number(/^\s*lines\s*=\s*(\d+)/m.exec(header)?.[1]);
  const info =
    /^\s*map info\s*=\s*\{([^}]*)\}/m
      .exec(header)?.[1]
      ?.split(',')
      .map((part) => Number(part)) ?? [];
  const [, , , west = NaN, north = NaN, dx = NaN, dy = NaN] = info;
  const extent = { north, south: north - lines * dy, east: west + samples * dx, west };
  return Object.values(extent).every((value) => Number.isFinite(value)) ? extent : undefined;
}
