import type { ImapOperation } from '../context.js';
import { queryTable } from '../query/tables.js';
import { SPIN_TABLE } from '../routes.js';
import type { TableFile, TableQuery } from '../types.js';

export async function spinTable(op: ImapOperation, query: TableQuery): Promise<TableFile[]> {
  return queryTable(op, SPIN_TABLE, query);
}
