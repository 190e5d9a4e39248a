import { FlightNotFound, UnexpectedResponse } from '../../errors.js';
import { fetchPage, type ScopsOperation } from '../context.js';
import { flightDayOf } from '../order/flight-day.js';
import { failureOf } from '../pages/failure.js';
import { missing } from '../pages/read-page.js';
import { isRequestPage, readRequestPage } from '../pages/request-page.js';
import type { Flight, FlightDay } from '../types.js';

/** Reads the request page of a flight day (protocol notes, section 4). */
export async function getFlight(op: ScopsOperation, flightDay: FlightDay): Promise<Flight> {
  const { year, day, sortie } = flightDayOf(op.arguments, flightDay);
  const { project } = op.context;
  const request = { url: 'jobrequest', query: { day, year, project, sortie } };
  const words = `${project} has no flight on day ${day} of ${year}${sortie === undefined ? ' without a sortie letter' : `, sortie ${sortie}`}; check year, day of the year and sortie`;
  const read = await fetchPage(
    op,
    { ...request, mapError: ({ status, init }) => (status === 404 ? new FlightNotFound(words, init) : undefined) },
    'the request page',
  );
  const failure = failureOf(read.page);
  if (failure === 'no-project' || failure === 'no-delivery') throw new FlightNotFound(words, read.init);
  if (!isRequestPage(read.page)) throw missing(read, 'form[action="progress"] with input[name="project"]');
  const flight = readRequestPage(read);
  if (flight.project !== project || flight.year !== year || flight.day !== day || flight.sortie !== sortie)
    throw new UnexpectedResponse(
      `the request page is of another flight: ${flight.project}, day ${flight.day} of ${flight.year}`,
      op.init(request),
    );
  return flight;
}
