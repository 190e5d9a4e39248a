import { isSdcError, NotFoundError, RejectedError } from '../../errors.js';
import { isMissingRoute } from '../answers.js';
import type { ImapOperation } from '../context.js';
import type { JobLogEvent, ProcessingLog } from '../types.js';
import { askRoute } from './routes.js';

/** `ImapClient.processingLog`: text, one event per line; some servers send a list of events instead. */
export async function processingLog(op: ImapOperation, jobLogStreamId: string): Promise<ProcessingLog> {
  const id = op.arguments.text(jobLogStreamId, 'jobLogStreamId');
  try {
    return logOf(await askLog(op, id));
  } catch (error) {
    if (!isSdcError(error, 'server') || !/ResourceNotFoundException|does not exist/u.test(error.message)) throw error;
    const { status, requestId, url, bodyExcerpt } = error;
    throw new NotFoundError(`there is no log ${id}`, {
      ...op.init(),
      status,
      requestId,
      url,
      bodyExcerpt,
      cause: error,
    });
  }
}

/** The id stands in the path, for a server of another version in a parameter. */
async function askLog(op: ImapOperation, id: string): Promise<string> {
  const send = async (path: string, query: readonly (readonly [string, string])[]): Promise<string> => {
    return (await askRoute(op, { query }, [path], (each) => op.text(each))).text;
  };
  try {
    return await send(`processing-logs/${id.split('/').map(encodeURIComponent).join('/')}`, []);
  } catch (error) {
    const wantsParameter =
      error instanceof RejectedError && error.messages.some((said) => said.includes('job_log_stream_id'));
    if (!wantsParameter && !isMissingRoute(error)) throw error;
    try {
      return await send('processing-logs', [['job_log_stream_id', id]]);
    } catch (other) {
      throw isMissingRoute(other) ? error : other;
    }
  }
}

/** Lines are the rule; JSON is a text in quotes, a list of events, or an object that holds one of them. */
function logOf(body: string): ProcessingLog {
  const value = parsed(body);
  if (typeof value === 'string') return { text: value };
  const list: unknown =
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (Reflect.get(value, 'events') ?? Reflect.get(value, 'logs'))
      : value;
  if (typeof list === 'string') return { text: list };
  if (!Array.isArray(list)) return { text: body };
  const events = list.flatMap(eventOf);
  return { text: events.map(({ message }) => message).join('\n'), events };
}

function eventOf(entry: unknown): JobLogEvent[] {
  if (typeof entry === 'string') return [{ message: entry, raw: entry }];
  if (typeof entry !== 'object' || entry === null) return [];
  const message: unknown = Reflect.get(entry, 'message');
  const ms: unknown = Reflect.get(entry, 'timestamp');
  const time = typeof ms === 'number' && Math.abs(ms) <= 8.64e15 ? { time: new Date(ms) } : {};
  return typeof message === 'string' ? [{ message, ...time, raw: entry }] : [];
}

/** A log whose lines happen to be JSON each is no JSON as a whole. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
