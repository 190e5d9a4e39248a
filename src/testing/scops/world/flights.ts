import { findValue, getValue } from '../python/config-values.js';
import type { ConfigFile } from '../python/config-file.js';
import { pythonFloat } from '../python/numbers.js';
import type { ScopsSampleFlight, ScopsSampleLine } from '../types.js';
import type { World } from './world.js';

/** What names a flight in forms and configs; `sortie` is `None` where there is none. */
export interface FlightKey {
  readonly project: string;
  readonly year: string;
  readonly day: string;
  readonly sortie: string;
}

/** Looks a flight up as sqlite does: numbers by value, the sortie letter by text. */
export function findFlight(world: World, key: FlightKey): ScopsSampleFlight | undefined {
  const year = pythonFloat(key.year);
  const day = pythonFloat(key.day);
  return world.settings.flights.find(
    (flight) =>
      flight.project === key.project &&
      flight.year === year &&
      flight.day === day &&
      (flight.sortie ?? 'None') === key.sortie,
  );
}

/** The flight that a config was ordered for. */
export function flightOfConfig(world: World, config: ConfigFile): ScopsSampleFlight | undefined {
  return findFlight(world, {
    project: getValue(config, 'DEFAULT', 'project_code'),
    year: getValue(config, 'DEFAULT', 'year'),
    day: getValue(config, 'DEFAULT', 'julianday'),
    sortie: findValue(config, 'DEFAULT', 'sortie') ?? 'None',
  });
}

/** A line of a flight by name. */
export function findLine(flight: ScopsSampleFlight | undefined, name: string): ScopsSampleLine | undefined {
  return flight?.lines.find((line) => line.name === name);
}

/** The project folder on the disk of the processing host. */
export function sourceFolder(flight: ScopsSampleFlight): string {
  const day = String(flight.day).padStart(3, '0');
  return `/srv/arsf/${flight.year}/${flight.project}-${flight.year}_${day}${flight.sortie ?? ''}`;
}

/** Zone of the north-east corner, as the request page words it. */
export function utmZone(flight: ScopsSampleFlight): string | undefined {
  if (flight.utmZone !== undefined) return flight.utmZone ?? undefined;
  const { north, east } = flight.bounds;
  const zone = Math.floor(((east + 180) / 6) % 60) + 1;
  return `UTM zone ${zone}${north > 0 ? 'N' : 'S'}`;
}

/** Whether the flight lies in the zones of the United Kingdom. */
export function isUk(flight: ScopsSampleFlight): boolean {
  return ['29N', '30N', '31N'].some((zone) => utmZone(flight) === `UTM zone ${zone}`);
}
