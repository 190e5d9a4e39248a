import type { Pager } from '../../types.js';
import type { SccOperation } from '../context.js';
import { listById } from '../measurements/list-by-id.js';
import type { IdQuery, Measurement } from '../types.js';

/** Lists measurements by id (SCC JSON API). */
export function listMeasurements(op: SccOperation, query: IdQuery): Pager<Measurement> {
  return listById(op, query);
}
