import { examine } from '../../core/doctor/examine.js';
import type { DoctorOptions, DoctorReport } from '../../types.js';
import type { SccOperation } from '../context.js';
import { API_POINTS } from '../doctor/api-points.js';
import { LIST_POINTS } from '../doctor/list-points.js';
import { LOGIN_POINTS } from '../doctor/login-points.js';
import { PAGE_POINTS } from '../doctor/page-points.js';
import { RECORD_RULES } from '../doctor/record-rules.js';

/** In this order: what a stranger sees comes before the login. */
const POINTS = [...LOGIN_POINTS, ...LIST_POINTS, ...API_POINTS, ...PAGE_POINTS];

/** Goes through the points of the SCC's protocol. */
export function doctor(op: SccOperation, options: DoctorOptions): Promise<DoctorReport> {
  return examine(op, POINTS, { ...RECORD_RULES, names: op.context.userNames }, options);
}
