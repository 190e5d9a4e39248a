import { examine } from '../../core/doctor/examine.js';
import type { DoctorOptions, DoctorReport } from '../../types.js';
import type { ImapOperation } from '../context.js';
import { FILE_POINTS } from '../doctor/file-points.js';
import { QUERY_POINTS } from '../doctor/query-points.js';
import { RECORD_RULES } from '../doctor/record-rules.js';

const POINTS = [...QUERY_POINTS, ...FILE_POINTS];

/** Goes through the points of the protocol of the IMAP Science Data Center. */
export function doctor(op: ImapOperation, options: DoctorOptions): Promise<DoctorReport> {
  return examine(op, POINTS, RECORD_RULES, options);
}
