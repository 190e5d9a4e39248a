import { pythonFloat } from '../python/numbers.js';
import { secureFileName } from '../python/text.js';
import type { ScopsSampleFlight } from '../types.js';
import { findFlight } from '../world/flights.js';
import { failurePage, templatePage } from './answers.js';
import type { SiteCall } from './call.js';
import { HttpFault } from './fault.js';
import { PythonError } from '../python/error.js';
import { requestForm } from './request-form.js';

/** `/` and `/jobrequest`: the form for one flight day. */
export function requestPage(call: SiteCall): Response {
  return call.world.settings.generation === 'a' ? legacyPage(call) : databasePage(call);
}

function databasePage({ world, query }: SiteCall): Response {
  const [day, year, project] = ['day', 'year', 'project'].map((name) => query.get(name));
  if (day == null || year == null || project == null) throw new HttpFault(400);
  for (const number of [day, year]) {
    const value = pythonFloat(number);
    if (value === undefined || Number.isNaN(value)) throw new PythonError(`ValueError: ${number}`);
  }
  const sortie = query.get('sortie') ?? 'None';
  const flight = findFlight(world, { project: secureFileName(project), year, day, sortie });
  if (flight === undefined) throw new HttpFault(404);
  return templatePage(requestForm(world, flight, flight.optimalPixel));
}

/** Generation `a` looks for a symbolic link; whatever goes wrong is a page with status 200. */
function legacyPage({ world, query }: SiteCall): Response {
  const flight = findLinked(world.settings.flights, query);
  if (flight === undefined) {
    return failurePage('Project not found!', 'No project was found for that day, if you think this is wrong');
  }
  if (flight.delivered === false) {
    return failurePage('Delivery not found!', 'No delivery was found for that project, if you think this is wrong');
  }
  if (flight.lines.length < 2) throw new PythonError('ValueError: sample larger than population');
  // Two random navigation files give the optimal pixel, so that two loads may differ.
  const optimal = Math.round((flight.optimalPixel + (world.pageLoads % 2) * 0.5) * 2) / 2;
  world.pageLoads += 1;
  return templatePage(requestForm(world, flight, optimal));
}

function findLinked(flights: readonly ScopsSampleFlight[], query: URLSearchParams): ScopsSampleFlight | undefined {
  const [day = '', year = '', project = ''] = ['day', 'year', 'project'].map((name) => query.get(name) ?? '');
  const sortie = query.get('sortie') ?? 'None';
  return flights.find(
    (flight) =>
      flight.project === project &&
      /^\s*\d+\s*$/.test(day) &&
      flight.day === Number(day) &&
      String(flight.year) === year &&
      (flight.sortie ?? '') === (sortie === 'None' ? '' : sortie),
  );
}
