import { NotFoundError } from '../../errors.js';
import type { ImapOperation } from '../context.js';
import { decodeLog } from '../decode/jobs.js';
import { isMissingLog, isMissingRoute, restated, wantsLogId } from '../errors.js';
import { PROCESSING_LOGS, processingLogRoute } from '../routes.js';
import type { ProcessingLog } from '../types.js';
import { askRoute } from '../query/ask-route.js';

/** `ImapClient.processingLog`: text, one event per line; some servers send a list of events instead. */
export async function processingLog(op: ImapOperation, jobLogStreamId: string): Promise<ProcessingLog> {
  const id = op.arguments.text(jobLogStreamId, 'jobLogStreamId');
  try {
    return decodeLog(await askLog(op, id));
  } catch (error) {
    if (!isMissingLog(error)) throw error;
    throw new NotFoundError(`there is no log ${id}`, { ...restated(error), retryable: false });
  }
}

/** The id is in the path, for a server of another version in a parameter. */
async function askLog(op: ImapOperation, id: string): Promise<string> {
  const send = async (routes: readonly string[], query: readonly (readonly [string, string])[]): Promise<string> => {
    return (await askRoute(op, { query }, routes, (each) => op.text(each))).text;
  };
  try {
    return await send([processingLogRoute(id)], []);
  } catch (error) {
    if (!wantsLogId(error) && !isMissingRoute(error)) throw error;
    try {
      return await send(PROCESSING_LOGS, [['job_log_stream_id', id]]);
    } catch (other) {
      throw isMissingRoute(other) ? error : other;
    }
  }
}
