import type { ImapOperation } from '../context.js';
import { queryTable } from '../query/tables.js';
import { SMALL_FORCES_TABLE } from '../routes.js';
import type { TableFile, TableQuery } from '../types.js';

export async function smallForcesTable(op: ImapOperation, query: TableQuery): Promise<TableFile[]> {
  return queryTable(op, SMALL_FORCES_TABLE, query);
}
