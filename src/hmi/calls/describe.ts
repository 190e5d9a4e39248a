import { NotFoundError, SdcError } from '../../errors.js';
import { readJson, withinLinks, type HmiOperation } from '../context.js';
import { mapProblem } from '../errors.js';

/** The service's Swagger document; `undefined` where it serves none. */
export async function describe(op: HmiOperation): Promise<unknown> {
  try {
    return await readJson(op, { url: 'swagger.json', mapError: mapProblem });
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Whether something answers; its own 404 is an answer. */
export async function isAlive(op: HmiOperation): Promise<boolean> {
  const request = withinLinks(op, { url: 'ui/', safeToRetry: false, accept: (status: number) => status < 500 });
  try {
    return await op.send(request, () => Promise.resolve(true));
  } catch (error) {
    if (error instanceof SdcError && (error.code === 'network' || error.code === 'timeout' || error.code === 'server'))
      return false;
    throw error;
  }
}
