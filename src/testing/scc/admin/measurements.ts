import { refuseForgery } from '../csrf.js';
import { escapeHtml } from '../../kit/html.js';
import type { SimMeasurement } from '../model.js';
import { forbidden } from '../stock-pages.js';
import type { Visit } from '../visit.js';
import { changelist, type Changelist } from './changelist.js';
import { adminPage } from './frame.js';
import { measurementCells, measurementColumns } from './measurement-cells.js';
import { dateFilters, readListQuery, type AdminFilter } from './query.js';

const station: AdminFilter<SimMeasurement> = (value) => (row) => row.station === value;

const FILTERS: Readonly<Record<string, AdminFilter<SimMeasurement>>> = {
  ...dateFilters<SimMeasurement>('start', (row) => row.start),
  ...dateFilters<SimMeasurement>('stop', (row) => row.stop),
  station_id: station,
  station_id__exact: station,
};

/** `admin/database/measurements/`: the list, and its actions. */
export async function measurementsAdmin(visit: Visit): Promise<Response> {
  const { permissions } = visit.world;
  if (!permissions.viewMeasurements) return forbidden(visit);
  const list: Changelist<SimMeasurement> = {
    title: 'Measurements',
    filters: FILTERS,
    columns: measurementColumns(visit),
    key: (row) => row.id,
    cells: measurementCells,
    rows: () => inOrder(visit.world.all()),
    actions: [
      ...(permissions.deleteMeasurements ? [['delete_selected', 'Delete selected measurements'] as const] : []),
      ...(permissions.changeMeasurements ? [['rerun_all', 'Rerun the whole processing chain'] as const] : []),
    ],
  };
  if (visit.method !== 'POST') return changelist(visit, list);
  const refused = await refuseForgery(visit);
  if (refused !== undefined) return refused;
  return act(visit, list);
}

/** An action always ends in a redirect to the same URL; what happened is told by a message (10.2). */
async function act(visit: Visit, list: Changelist<SimMeasurement>): Promise<Response> {
  const fields = await visit.fields();
  const selected = fields.texts('_selected_action');
  if (selected.length === 0 && !fields.has('index')) return changelist(visit, list);
  const action = fields.text('action');
  const back = visit.redirect(visit.context.url.pathname + visit.context.url.search);
  const across = fields.text('select_across') === '1';
  if (selected.length === 0 && !across) {
    visit.addMessage(
      'warning',
      'Items must be selected in order to perform actions on them. No items have been changed.',
    );
    return back;
  }
  if (action === undefined || !list.actions.some(([value]) => value === action)) {
    visit.addMessage('warning', 'No action selected.');
    return back;
  }
  const filters = readListQuery(visit.query, FILTERS)?.filters ?? [];
  const chosen = across
    ? visit.world.all().filter((row) => filters.every((passes) => passes(row)))
    : selected.flatMap((id) => visit.world.find(id) ?? []);
  if (action === 'delete_selected') return deleteSelected(visit, chosen, fields.has('post'), back);
  for (const measurement of chosen) visit.world.start(measurement, 'all');
  visit.addMessage(
    visit.world.options.rerunMessageLevel ?? 'success',
    'The processing chain was restarted for the selected measurements.',
  );
  return back;
}

function deleteSelected(visit: Visit, chosen: readonly SimMeasurement[], confirmed: boolean, back: Response): Response {
  if (confirmed) {
    for (const { id } of chosen) visit.world.measurements.delete(id);
    const count = chosen.length;
    if (count > 0)
      visit.addMessage('success', `Successfully deleted ${count} ${count === 1 ? 'measurement' : 'measurements'}.`);
    return back;
  }
  const items = chosen.map(({ id }) => `<li>Measurement: ${escapeHtml(id)}</li>`);
  const inputs = chosen.map(({ id }) => `<input type="hidden" name="_selected_action" value="${escapeHtml(id)}">`);
  const form = `<div class="grp-group"><h2>Are you sure you want to delete the selected measurements?</h2><ul class="grp-nested-list">${items.join('')}</ul></div>
<form action="" method="post" novalidate><input type="hidden" name="csrfmiddlewaretoken" value="${visit.formToken()}">
${inputs.join('\n')}
<input type="hidden" name="action" value="delete_selected"><input type="hidden" name="post" value="yes">
<input type="submit" class="grp-button grp-default"></form>`;
  return visit.html(
    adminPage(visit, 'grp-delete-confirmation grp-delete-selected-confirmation', 'Are you sure?', form),
  );
}

function inOrder(rows: readonly SimMeasurement[]): SimMeasurement[] {
  const time = (row: SimMeasurement): number => row.start?.getTime() ?? Number.NEGATIVE_INFINITY;
  return [...rows].sort((one, other) => time(one) - time(other) || (one.id < other.id ? -1 : 1));
}
