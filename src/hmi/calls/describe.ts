import { NotFoundError } from '../../errors.js';
import type { HmiOperation } from '../context.js';
import { readJson } from '../decode/read-json.js';
import { DESCRIPTION_ROUTE } from '../routes.js';

/** The service's Swagger document; `undefined` if it has none. */
export async function describe(op: HmiOperation): Promise<unknown> {
  try {
    return await readJson(op, { url: DESCRIPTION_ROUTE });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}
