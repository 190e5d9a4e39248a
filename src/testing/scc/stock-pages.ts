import { page } from '../kit/html.js';
import type { Visit } from './visit.js';

/** Django's own page for what is not there. */
export function notFound(visit: Visit): Response {
  return visit.html(
    page('Not Found', '<h1>Not Found</h1><p>The requested resource was not found on this server.</p>'),
    404,
  );
}

/** Django's own page for what is not allowed. */
export function forbidden(visit: Visit): Response {
  return visit.html(page('403 Forbidden', '<h1>403 Forbidden</h1>\n<p></p>'), 403);
}

/** The wrong method. */
export function notAllowed(visit: Visit, allow: string): Response {
  return visit.html('', 405, { allow });
}
