import type { ImapOperation } from '../context.js';
import { queryTable } from '../query/tables.js';
import { REPOINT_TABLE } from '../routes.js';
import type { TableFile, TableQuery } from '../types.js';

export async function repointTable(op: ImapOperation, query: TableQuery): Promise<TableFile[]> {
  return queryTable(op, REPOINT_TABLE, query);
}
