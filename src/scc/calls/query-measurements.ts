import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { readMeasurementRow } from '../decode/rows.js';
import { MEASUREMENTS_ADMIN_ROUTE } from '../routes.js';
import { listByDate } from '../site/list-by-date.js';
import type { DateQuery, Measurement } from '../types.js';

/** Lists measurements by date (SCC admin changelist). */
export function queryMeasurements(op: SccOperation, query: DateQuery): Pager<Measurement> {
  return listByDate<Measurement>(op, query, {
    path: MEASUREMENTS_ADMIN_ROUTE,
    dateField: 'start',
    stationField: 'station_id',
    read: readMeasurementRow,
    moment: ({ dateStart }) => dateStart,
  });
}
