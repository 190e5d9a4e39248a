import { escapeHtml } from '../../kit/html.js';
import type { SimLidarConstant } from '../model.js';
import { forbidden } from '../stock-pages.js';
import { adminDate } from '../text.js';
import type { Visit } from '../visit.js';
import { changelist } from './changelist.js';
import { dateFilters } from './query.js';

interface Numbered {
  readonly number: number;
  readonly row: SimLidarConstant;
}

const COLUMNS = [
  'id',
  'measurement_id_display',
  'channel_id_display',
  'system_id_display',
  'product_id_display',
  'detection_wavelength',
  'lidar_constant',
  'lidar_constant_stat_err',
  'profile_start_time',
  'profile_end_time',
  'calibr_window_bottom',
  'calibr_window_top',
  'creation_date',
  'elda_version',
];

/** `admin/database/lidarconstant/` (scc.md, 12 and 17.6). */
export function constantsAdmin(visit: Visit): Response {
  if (!visit.world.permissions.viewLidarConstants) return forbidden(visit);
  return changelist<Numbered>(visit, {
    title: 'Lidar constants',
    filters: {
      ...dateFilters<Numbered>('profile_start_time', ({ row }) => row.profileStartTime),
      station: (value) => (entry) => entry.row.station === value,
    },
    columns: COLUMNS,
    key: (entry) => String(entry.number),
    cells: ({ number, row }) => cells(visit, number, row),
    rows: () => visit.world.constants.map((row, index) => ({ row, number: 618 + index })),
    actions: [],
  });
}

function cells(visit: Visit, number: number, row: SimLidarConstant): string {
  const defect = visit.world.defects.get(row.measurementId);
  const change = escapeHtml(visit.href(`admin/database/lidarconstant/${String(number)}/change/`));
  const link = defect === 'no-link' ? String(number) : `<a href="${change}">${number}</a>`;
  const text = (name: string, value: string): string => `<td class="field-${name}">${escapeHtml(value)}</td>`;
  const date = (name: string, value: string): string => `<td class="field-${name} nowrap">${escapeHtml(value)}</td>`;
  const start = defect === 'empty-date' ? '-' : defect === 'bad-date' ? 'yesterday' : adminDate(row.profileStartTime);
  const head = [
    `<th class="field-id">${link}</th>`,
    ...(defect === 'no-id' ? [] : [text('measurement_id_display', row.measurementId)]),
    text('channel_id_display', row.channelId),
    text('system_id_display', row.systemId),
    text('product_id_display', row.productId),
  ];
  if (defect === 'missing-cells') return head.join('\n');
  return [
    ...head,
    text('detection_wavelength', row.detectionWavelength),
    text('lidar_constant', row.lidarConstant),
    text('lidar_constant_stat_err', row.lidarConstantStatErr),
    date('profile_start_time', start),
    date('profile_end_time', adminDate(row.profileEndTime)),
    text('calibr_window_bottom', row.calibrationWindowBottom),
    text('calibr_window_top', row.calibrationWindowTop),
    date('creation_date', adminDate(row.creationDate)),
    text('elda_version', row.eldaVersion),
  ].join('\n');
}
