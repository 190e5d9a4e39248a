import type { ErrorResponse } from '../core/http/response.js';
import {
  FlightNotFound,
  JobNotFound,
  PageNotAccessible,
  ProductNotAvailable,
  RejectedError,
  UnexpectedResponse,
  WrongCredentials,
  type SdcError,
  type SdcErrorInit,
} from '../errors.js';
import { CREDENTIAL_LAYER } from './centre.js';
import type { FlightDay } from './types.js';

/** What the server says, in headings of pages, pages and texts, most of it with status 200 (pitfall 11; protocol notes 10). */
const WORDS = {
  'invalid order': /^validation failed/iu,
  'no project': /^project not found/iu,
  'no delivery': /^delivery not found/iu,
  confirmed: /request (?:successfully|has been) confirmed/iu,
  amended: /successfully amended/iu,
  absent: /does not exist/iu,
  unfinished: /not finali[sz]ed/iu,
} as const;

/** Whether a heading, a page or a text contains the words for something. */
export function says(text: string, what: keyof typeof WORDS): boolean {
  return WORDS[what].test(text);
}

/** What a status that is not accepted means; `undefined`: what it means at any centre. */
type Refusal = (failed: ErrorResponse) => SdcError | undefined;

/** A flight day that the service does not know, whether it says so by status or page. */
export function unknownFlight(project: string, { year, day, sortie }: FlightDay, init: SdcErrorInit): FlightNotFound {
  const letter = sortie === undefined ? ' without a sortie letter' : `, sortie ${sortie}`;
  return new FlightNotFound(
    `${project} has no flight on day ${day} of ${year}${letter}; check year, day of the year and sortie`,
    init,
  );
}

export function refusedFlight(project: string, flight: FlightDay): Refusal {
  return ({ status, init }) => (status === 404 ? unknownFlight(project, flight, init) : undefined);
}

/** The server fails at orders that it does not know. */
export function refusedOrderPage(project: string, configName: string): Refusal {
  return ({ status, init }) =>
    status === 500
      ? new JobNotFound(`SCOPS has no order ${configName} of ${project}, or fails to show it; check the config name`, {
          ...init,
          jobId: configName,
        })
      : undefined;
}

/** The statuses of an order (protocol notes 5.6). */
export const refusedOrder: Refusal = (failed) => {
  const { status, init } = failed;
  if (status === 400)
    return new RejectedError('SCOPS refuses the order (400): a field is missing, or a line is of Eagle or Hawk', {
      ...init,
      messages: init.bodyExcerpt === undefined ? [] : [init.bodyExcerpt],
    });
  if (status === 401)
    return new WrongCredentials('SCOPS refuses the login of this project (401); check project and password', {
      ...init,
      layer: CREDENTIAL_LAYER,
    });
  return broken(
    failed,
    'at the order',
    'the order may be stored, unconfirmed; look up its name before sending it again',
  );
};

export const refusedBandMath: Refusal = (failed) => {
  const { status, init } = failed;
  if (status === 400)
    return new RejectedError('SCOPS refuses the band maths (400): a field is missing', { ...init, messages: [] });
  return broken(failed, 'at the band maths', 'it may have been taken; check the names, and look before you repeat');
};

export const refusedDem: Refusal = (failed) =>
  broken(failed, 'at the new DEM', 'write to the operators before sending it again');

/** A POST that failed at the server is never repeated, so it is not called retryable. */
function broken({ status, init }: ErrorResponse, what: string, advice: string): PageNotAccessible | undefined {
  if (status < 500) return undefined;
  return new PageNotAccessible(`SCOPS failed ${what} (${status}); ${advice}`, { ...init, retryable: false });
}

export function refusedArchive(product: string): Refusal {
  return ({ status, init }) =>
    status === 404 ? new ProductNotAvailable(`there is no archive of ${product}`, init) : undefined;
}

/**
 * What a text means that comes in place of an archive (protocol notes, section 10).
 *
 * @param what - The archive in words: `archive of f21701`.
 */
export function textInPlaceOf(what: string, text: string, processingId: string, init: SdcErrorInit): SdcError {
  if (says(text, 'absent'))
    return new JobNotFound(`SCOPS has no job ${processingId}, or has removed it (after two weeks)`, {
      ...init,
      jobId: processingId,
    });
  if (says(text, 'unfinished'))
    return new ProductNotAvailable(
      `SCOPS has not made the ${what}; often it never does (a failed line, equations on some lines, plugins): download the products one by one`,
      init,
    );
  const plain = text.replace(/<[^>]*>/gu, ' ').trim();
  return new UnexpectedResponse(`a text came instead of ${what}: ${plain.slice(0, 120)}`, init);
}
