import { NotFoundError, SdcError } from '../errors.js';
import type { CallOptions } from '../types.js';
import { jsonWithin, sendWithin, type HmiContext } from './context.js';
import { mapProblem } from './problems.js';

/** The service's Swagger document; `undefined` where it serves none. */
export async function readDescription(context: HmiContext, options: CallOptions): Promise<unknown> {
  const call = { operation: 'hmi.describe', url: 'swagger.json', mapError: mapProblem, ...options };
  try {
    return await jsonWithin(context, call);
  } catch (error) {
    if (error instanceof NotFoundError) return undefined;
    throw error;
  }
}

/** Whether something answers; its own 404 is an answer. */
export async function answers(context: HmiContext, options: CallOptions): Promise<boolean> {
  const call = {
    operation: 'hmi.isAlive',
    url: 'ui/',
    safeToRetry: false,
    accept: (status: number) => status < 500,
    ...options,
  };
  try {
    return await sendWithin(context, call, () => Promise.resolve(true));
  } catch (error) {
    if (error instanceof SdcError && (error.code === 'network' || error.code === 'timeout' || error.code === 'server'))
      return false;
    throw error;
  }
}
