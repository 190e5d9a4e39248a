import { isSdcError, type SdcErrorCode } from '../../errors.js';
import type { DoctorOptions, DoctorPoint, DoctorReport } from '../../types.js';
import type { ClientContext, Operation } from '../operation/operation.js';
import { defined } from '../util/defined.js';
import { today } from '../util/time.js';
import { PointEnded, type Finding } from './finding.js';
import { prepareRecord, writeRecord } from './record.js';
import type { RecordRules } from './pseudonyms.js';
import { Visit } from './visit.js';

/** A fact of a centre's protocol, and how it is looked for. */
export interface PointSpec<C extends ClientContext> extends Pick<DoctorPoint, 'id' | 'what' | 'known'> {
  readonly look: (visit: Visit<C>) => Promise<Finding>;
}

/** Failures after which a question counts as not asked: nothing of the protocol was seen. */
const NO_ANSWER: ReadonlySet<SdcErrorCode> = new Set([
  'network',
  'timeout',
  'rate-limited',
  'server',
  'transfer',
  'credentials',
  'forbidden',
  'session-expired',
]);
const MAX_SEEN = 200;

/**
 * Meets a centre and goes through the points of its protocol, in order and one request at a time.
 *
 * A failure is the verdict of its point. Only an abort, the end of the client and a folder that cannot be written to reject.
 */
export async function examine<C extends ClientContext>(
  op: Operation<C>,
  specs: readonly PointSpec<C>[],
  rules: RecordRules,
  { record }: DoctorOptions,
): Promise<DoctorReport> {
  op.assertOpen();
  const folder = record === undefined ? undefined : await prepareRecord(op, record);
  const when = today();
  const visit = new Visit(op);
  const points: DoctorPoint[] = [];
  for (const { id, what, known, look } of specs) points.push({ id, what, known, ...(await verdictOf(visit, look)) });
  const report = { centre: op.http.settings.centre, baseUrl: op.redactor.url(op.http.baseUrl), when, points };
  if (folder !== undefined) await writeRecord(op, folder, { report, exchanges: visit.exchanges, rules });
  return report;
}

async function verdictOf<C extends ClientContext>(visit: Visit<C>, look: PointSpec<C>['look']): Promise<Finding> {
  const { op } = visit;
  op.signal?.throwIfAborted();
  try {
    const { seen, ...finding } = await look(visit);
    return defined({ ...finding, seen: shown(visit, seen) });
  } catch (error) {
    op.signal?.throwIfAborted();
    op.assertOpen();
    if (error instanceof PointEnded) return defined({ ...error.finding, seen: shown(visit, error.finding.seen) });
    if (!isSdcError(error)) throw error;
    const verdict = NO_ANSWER.has(error.code) ? 'not-asked' : 'differs';
    return { seen: shown(visit, error.message) ?? '', verdict, error };
  }
}

/** Without secrets, on one line. */
function shown<C extends ClientContext>({ op }: Visit<C>, seen: string | undefined): string | undefined {
  return seen === undefined ? undefined : op.redactor.page(seen).replaceAll(/\s+/gu, ' ').slice(0, MAX_SEEN);
}
