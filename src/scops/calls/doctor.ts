import { examine } from '../../core/doctor/examine.js';
import type { DoctorOptions, DoctorReport } from '../../types.js';
import type { ScopsOperation } from '../context.js';
import { POINTS } from '../doctor/points.js';
import { RECORD_RULES } from '../doctor/record-rules.js';

/** Goes through the points of SCOPS' protocol. */
export function doctor(op: ScopsOperation, options: DoctorOptions): Promise<DoctorReport> {
  return examine(op, POINTS, { ...RECORD_RULES, names: [op.context.project] }, options);
}
