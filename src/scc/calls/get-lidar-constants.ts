import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { readLidarConstantRow } from '../decode/rows.js';
import { LIDAR_CONSTANTS_ADMIN_ROUTE } from '../routes.js';
import { listByDate } from '../site/list-by-date.js';
import type { DateQuery, LidarConstant } from '../types.js';

/** Lists lidar constants by the start of their profile (SCC admin changelist). */
export function getLidarConstants(op: SccOperation, query: DateQuery): Pager<LidarConstant> {
  return listByDate<LidarConstant>(op, query, {
    path: LIDAR_CONSTANTS_ADMIN_ROUTE,
    dateField: 'profile_start_time',
    stationField: 'station',
    read: readLidarConstantRow,
    moment: ({ profileStartTime }) => profileStartTime,
  });
}
