import { examine } from '../../core/doctor/examine.js';
import type { DoctorOptions, DoctorReport } from '../../types.js';
import type { HmiOperation } from '../context.js';
import { FILE_POINTS } from '../doctor/file-points.js';
import { LIST_POINTS } from '../doctor/list-points.js';
import { RECORD_RULES } from '../doctor/record-rules.js';

const POINTS = [...LIST_POINTS, ...FILE_POINTS];

/** Goes through the points of the HMI service's protocol. */
export function doctor(op: HmiOperation, options: DoctorOptions): Promise<DoctorReport> {
  return examine(op, POINTS, RECORD_RULES, options);
}
