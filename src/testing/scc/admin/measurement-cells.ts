import { escapeHtml } from '../../kit/html.js';
import { SIM_MODULES, STATUS, type SimMeasurement } from '../model.js';
import type { RowDefect } from '../options.js';
import { adminDate } from '../text.js';
import type { Visit } from '../visit.js';

/** Columns in the order of the page; the class of a cell is `field-` + name. */
export function measurementColumns(visit: Visit): string[] {
  return [
    'station_id',
    'id',
    'start',
    'stop',
    'creation_date',
    'updated_date',
    ...SIM_MODULES.map((module) => statusColumn(visit, module)),
    'is_being_processed',
  ];
}

function statusColumn(visit: Visit, module: string): string {
  return visit.world.options.columns === 'old' ? `${module}_ok` : `${module}_ok_evo`;
}

/** The cells of a row, broken where the simulator was told to. */
export function measurementCells(measurement: SimMeasurement, visit: Visit): string {
  const defect = visit.world.defects.get(measurement.id);
  const cells = [
    stationCell(measurement, visit, defect),
    ...(defect === 'no-id' ? [] : [`<td class="field-id">${escapeHtml(measurement.id)}</td>`]),
    dateCell('start', startText(measurement, defect)),
    dateCell('stop', adminDate(measurement.stop)),
  ];
  if (defect === 'missing-cells') return cells.join('\n');
  cells.push(
    dateCell('creation_date', adminDate(measurement.created)),
    dateCell('updated_date', adminDate(measurement.updated)),
  );
  for (const module of SIM_MODULES) {
    const alt = defect === 'unknown-alt' ? 'Weather' : statusAlt(visit, measurement.statuses[module]);
    const image = defect === 'no-image' ? '' : icon(visit, alt);
    cells.push(`<td class="field-${statusColumn(visit, module)}">${image}</td>`);
  }
  const processing = measurement.isProcessing;
  cells.push(
    `<td class="field-is_being_processed">${icon(visit, processing === undefined ? 'None' : processing ? 'True' : 'False')}</td>`,
  );
  return cells.join('\n');
}

function stationCell(measurement: SimMeasurement, visit: Visit, defect: RowDefect | undefined): string {
  const station = escapeHtml(measurement.station);
  if (defect === 'no-link') return `<th class="field-station_id">${station}</th>`;
  const filters = visit.context.url.search.slice(1);
  const kept = filters === '' ? '' : `?_changelist_filters=${encodeURIComponent(filters)}`;
  const href = visit.href(`admin/database/measurements/${encodeURIComponent(measurement.id)}/change/`) + kept;
  return `<th class="field-station_id"><a href="${escapeHtml(href)}">${station}</a></th>`;
}

function startText(measurement: SimMeasurement, defect: RowDefect | undefined): string {
  if (defect === 'empty-date') return '-';
  return defect === 'bad-date' ? 'yesterday' : adminDate(measurement.start);
}

function dateCell(name: string, text: string): string {
  return `<td class="field-${name} nowrap">${text}</td>`;
}

function statusAlt(visit: Visit, status: number): string {
  if (visit.world.options.columns === 'old') return status === STATUS.ok ? 'True' : 'False';
  if (status === STATUS.ok) return 'OK';
  if (status === STATUS.notRun) return 'Not Executed';
  return status === STATUS.failed ? 'Error' : 'In progress';
}

function icon(visit: Visit, alt: string): string {
  const name = { OK: 'yes', True: 'yes', Error: 'no', False: 'no' }[alt] ?? 'unknown';
  return `<img src="${escapeHtml(visit.href(`static/admin/img/icon-${name}.svg`))}" alt="${alt}">`;
}
