import { textResponse } from '../../kit/html.js';
import { templatePage } from './answers.js';
import type { SiteCall } from './call.js';
import { HttpFault } from './fault.js';

/** `/success`. */
export function successPage(): Response {
  return templatePage(
    '<h1>Processing</h1>\n<p>Your job has been successfully submitted. Watch your inbox for a message from us.</p>',
  );
}

/** `/kmlpage`: fixed links for demonstrations; the one with a sortie letter inside the day never worked. */
export function kmlPage({ world }: SiteCall): Response {
  const own = world.settings.flights.map(
    ({ project, year, day, sortie }) =>
      `processor/jobrequest?day=${day}&year=${year}&project=${project}${sortie === undefined ? '' : `&sortie=${sortie}`}`,
  );
  const fixed = Array.from(
    { length: 84 - Math.min(own.length, 84) },
    (_, index) => `processor/jobrequest?day=${index + 80}&year=2014&project=GB13_08`,
  );
  const links = [...own, ...fixed, 'processor/jobrequest?day=163a&year=2014&project=GB12_03'];
  return templatePage(links.map((link) => `<a href="${link}">${link}</a><br>`).join('\n'), 'KML page');
}

/** `/static/…`: style sheets and scripts. */
export function staticFile({ args: [name = ''] }: SiteCall): Response {
  if (name.endsWith('.css')) return textResponse('body { margin: 0 }\n', 'text/css; charset=utf-8');
  if (name.endsWith('.js')) return textResponse('"use strict";\n', 'text/javascript; charset=utf-8');
  throw new HttpFault(404);
}
