import { escapeHtml, page } from '../../kit/html.js';
import type { RunScope } from '../timeline.js';
import { STATUS } from '../model.js';
import { notAllowed, notFound } from '../stock-pages.js';
import { adminDate, parseAdminDate } from '../text.js';
import type { Visit } from '../visit.js';
import { offered } from './downloads.js';

/** `data_processing/measurements/{id}/` (scc.md, 6.5 and 17.9). */
export function measurementPage(visit: Visit, id: string): Response {
  const measurement = visit.world.find(id);
  if (measurement === undefined) return notFound(visit);
  const path = `data_processing/measurements/${id}/`;
  const links = offered(visit, measurement).map(
    (name) => `<li><a href="${escapeHtml(visit.href(`${path}download-${name}/`))}">${name}</a></li>`,
  );
  const change = visit.href(`admin/database/measurements/${id}/change/`);
  const body = `<h3>Measurement ${escapeHtml(id)} <small>${escapeHtml(measurement.station)}</small></h3>
<dl><dt>System</dt><dd>${measurement.system}</dd>
<dt>Start</dt><dd>${adminDate(measurement.start)}</dd><dt>Stop</dt><dd>${adminDate(measurement.stop)}</dd></dl>
<ul class="side-nav"><li>File actions<ul><li><a href="${escapeHtml(change)}">Edit in admin</a></li>
<li><a href="${escapeHtml(visit.href(`${path}rerun-elda/`))}">Rerun ELDA</a></li>${links.join('')}</ul></li></ul>`;
  return visit.html(page(`Measurement ${id}`, body));
}

/** `rerun-…/`: a GET with a side effect, which leads back to the measurement (10.1). */
export function rerunLink(visit: Visit, id: string, scope: RunScope): Response {
  if (visit.method !== 'GET') return notAllowed(visit, 'GET, HEAD, OPTIONS');
  const measurement = visit.world.find(id);
  if (measurement === undefined) return notFound(visit);
  visit.world.start(measurement, scope);
  return visit.redirect(visit.href(`data_processing/measurements/${id}/`));
}

const SEARCH_FIELDS = [
  'station',
  'system',
  'start',
  'stop',
  'upload_status',
  'preprocessing_status',
  'optical_processing_status',
];

/** The old search list: without all its parameters it finds nothing (4.5). */
export function searchList(visit: Visit): Response {
  const complete = SEARCH_FIELDS.every((name) => visit.query.has(name));
  const wanted = (name: string, value: string | number): boolean => {
    const asked = visit.query.get(name) ?? '';
    return asked === '' || asked === String(value);
  };
  const limit = (name: string): number | undefined => parseAdminDate(visit.query.get(name) ?? '')?.getTime();
  const [from, to] = [limit('start') ?? -Infinity, limit('stop') ?? Infinity];
  const rows = !complete
    ? []
    : visit.world.all().filter(({ start, station, system, statuses }) => {
        const time = start?.getTime() ?? Number.NaN;
        return (
          time >= from &&
          time <= to &&
          wanted('station', station) &&
          wanted('system', system) &&
          wanted('upload_status', statuses.upload) &&
          wanted('preprocessing_status', statuses.elpp) &&
          wanted('optical_processing_status', statuses.elda)
        );
      });
  const cells = rows.map(({ id, start, statuses }) => {
    const order = [statuses.upload, statuses.elpp, statuses.elda].join(',');
    const href = escapeHtml(visit.href(`data_processing/measurements/${id}/`));
    return `<tr><td><a href="${href}">${escapeHtml(id)}</a></td><td>${adminDate(start)}</td><td data-order="${order}">${statuses.elda === STATUS.ok ? 'ok' : '-'}</td></tr>`;
  });
  return visit.html(page('Measurements', `<table id="measurements"><tbody>\n${cells.join('\n')}\n</tbody></table>`));
}
