import { FlightNotFound, UnexpectedResponse } from '../../errors.js';
import type { ScopsOperation } from '../context.js';
import { refusedFlight, says, unknownFlight } from '../errors.js';
import { flightDayOf } from '../order/flight-day.js';
import { fetchPage, headingOf, missing } from '../pages/read-page.js';
import { isRequestPage, readRequestPage } from '../pages/request-page.js';
import { requestPage } from '../routes.js';
import type { Flight, FlightDay } from '../types.js';

/** Reads the request page of a flight day (protocol notes, section 4). */
export async function getFlight(op: ScopsOperation, flightDay: FlightDay): Promise<Flight> {
  const asked = flightDayOf(op.arguments, flightDay);
  const { project } = op.context;
  const route = requestPage(op, asked);
  const read = await fetchPage(op, { ...route, mapError: refusedFlight(project, asked) }, 'the request page');
  const heading = headingOf(read.page);
  if (says(heading, 'no project') || says(heading, 'no delivery')) throw unknownFlight(project, asked, read.init);
  if (!isRequestPage(read.page)) throw missing(read, 'form[action="progress"] with input[name="project"]');
  const flight = readRequestPage(read);
  const { year, day, sortie } = asked;
  if (flight.project !== project || flight.year !== year || flight.day !== day || flight.sortie !== sortie)
    throw new UnexpectedResponse(
      `the request page is of another flight: ${flight.project}, day ${flight.day} of ${flight.year}`,
      op.init(route),
    );
  return flight;
}

/** The flight of an order; `undefined` where its request page is gone. */
export async function flightIfThere(op: ScopsOperation, flightDay: FlightDay): Promise<Flight | undefined> {
  try {
    return await getFlight(op, flightDay);
  } catch (error) {
    if (error instanceof FlightNotFound) return undefined;
    throw error;
  }
}
