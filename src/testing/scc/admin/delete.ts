import { escapeHtml } from '../../kit/html.js';
import { refuseForgery } from '../csrf.js';
import type { SimMeasurement } from '../model.js';
import { forbidden, notFound } from '../stock-pages.js';
import type { Visit } from '../visit.js';
import { adminPage } from './frame.js';

/** `admin/database/measurements/{id}/delete/` (scc.md, 11 and 17.10). */
export async function deletePage(visit: Visit, id: string): Promise<Response> {
  if (visit.method === 'POST') {
    const refused = await refuseForgery(visit);
    if (refused !== undefined) return refused;
  }
  const { world } = visit;
  const measurement = world.find(id);
  if (measurement === undefined) return unknownObject(visit, id);
  if (!world.permissions.deleteMeasurements) return forbidden(visit);
  if (measurement.protectedBy.length > 0) return visit.html(refusal(visit, measurement));
  const fields = await visit.fields();
  if (visit.method !== 'POST' || fields.size === 0) return visit.html(confirmation(visit, measurement));

  world.measurements.delete(id);
  if (fields.text('select_delete_related_measurements') === 'delete_related') {
    for (const other of measurement.related) world.measurements.delete(other);
  }
  const [open, close] = world.profile.quotes;
  visit.addMessage('success', `The measurement ${open}${id}${close} was deleted successfully.`);
  return visit.redirect(visit.href('admin/database/measurements/'));
}

/** Django's answer to an id that is not there: a warning on the admin's first page, or before about 1.11 a 404. */
export function unknownObject(visit: Visit, id: string): Response {
  const { profile, options } = visit.world;
  if ((options.unknownDelete ?? profile.unknownDelete) === '404') return notFound(visit);
  const [open, close, apostrophe] = profile.quotes;
  visit.addMessage(
    'warning',
    `measurement with ID ${open}${id}${close} doesn${apostrophe}t exist. Perhaps it was deleted?`,
  );
  return visit.redirect(visit.href('admin/'));
}

function group(heading: string, items: readonly string[]): string {
  return `<div class="grp-group"><h2>${escapeHtml(heading)}</h2><ul class="grp-nested-list">${items.map((item) => `<li>${item}</li>`).join('')}</ul></div>`;
}

function confirmation(visit: Visit, measurement: SimMeasurement): string {
  const change = escapeHtml(visit.href(`admin/database/measurements/${measurement.id}/change/`));
  const own = `Measurement: <a href="${change}">${escapeHtml(measurement.id)}</a>`;
  const related = measurement.related.map((id) => `Measurement: ${escapeHtml(id)}`);
  const content = `${group(`Are you sure you want to delete the measurement “${measurement.id}”?`, [own, ...related])}
<form action="" method="post" novalidate><input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}">
 <select name="select_delete_related_measurements">
   <option value="not_delete_related">Keep related measurements</option><option value="delete_related">Delete related measurements</option></select>
 <div class="grp-module grp-submit-row grp-fixed-footer"><ul>
   <li class="grp-float-left"><a class="grp-button grp-cancel-link" href="${change}">No, take me back</a></li>
   <li><input type="submit" class="grp-button grp-default" value="Yes, I’m sure"></li></ul><input type="hidden" name="post" value="yes"></div></form>`;
  return adminPage(visit, 'grp-delete-confirmation', 'Are you sure?', content);
}

function refusal(visit: Visit, measurement: SimMeasurement): string {
  const heading = `Deleting the measurement “${measurement.id}” would require deleting the following protected related objects:`;
  const items = measurement.protectedBy.map((item) => escapeHtml(item));
  return adminPage(visit, 'grp-delete-confirmation', 'Cannot delete measurement', group(heading, items));
}
