import { createMirror } from '../../core/mirror/mirror.js';
import type { Candidate, MirrorPlan, MirrorSource } from '../../core/mirror/plan.js';
import type { Mirror } from '../../types.js';
import { NotFoundError } from '../../errors.js';
import type { HmiOperation } from '../context.js';
import { reservedName, ReservedNames } from '../names/server-name.js';
import { requireSeries } from '../records/identity.js';
import { toMicroseconds } from '../times/microseconds.js';
import { fileRequest, targetFolder } from '../transfer/file-request.js';
import { headerTimeout } from '../transfer/abortable.js';
import { orderOf } from '../transfer/record-files.js';
import type { HmiMirrorOptions, HmiQuery, HmiRecord } from '../types.js';
import { query as queryRecords } from './query.js';
import { DAY_MS } from '../../core/util/dates.js';
import { fieldOf } from '../../core/util/records.js';

/** Records may come to the service some days after their observation. */
const OVERLAP_MS = 3 * DAY_MS;

/** What the manifest keeps of a file. */
interface MirroredSegment {
  readonly series: string;
  readonly dateObs: string;
  readonly url: string;
  readonly recnum?: number;
  readonly segment?: string;
}

/** `HmiClient.mirror`. */
export function mirror(op: HmiOperation, series: string, query: HmiQuery, options: HmiMirrorOptions): Mirror {
  const { arguments: args } = op;
  requireSeries(args, series);
  const timeoutMs = headerTimeout(op, options);
  const plan: MirrorPlan = {
    directory: targetFolder(args, options.directory),
    sources: [sourceOf(op, series, query, timeoutMs)],
    isThere: async (file, signal) => {
      const link = fieldOf(file, 'url');
      return typeof link !== 'string' || isThere(op.with({ signal, timeoutMs }), link);
    },
  };
  return createMirror(op, plan, options);
}

function sourceOf(op: HmiOperation, series: string, query: HmiQuery, timeoutMs: number | undefined): MirrorSource {
  const { start, end, sliceMs: _sliceMs, filter, ...conditions } = query;
  const [from, to] = [momentOf(op, start, 'start'), momentOf(op, end, 'end')];
  // Made now, so that bad conditions are refused at the call.
  const all = queryRecords(op, series, query);
  return {
    // A function cannot be recognized in the next run.
    query: { centre: 'hmi', url: op.http.baseUrl.href, series, ...conditions, filter: filter !== undefined },
    ...(filter === undefined && { overlapMs: OVERLAP_MS }),
    from,
    covers: (file) => {
      const date = fieldOf(file, 'dateObs');
      const ms = typeof date === 'string' ? Date.parse(date) : NaN;
      return from.getTime() <= ms && ms < to.getTime();
    },
    list: async function* (since) {
      if (since !== undefined && since >= to) return;
      const records = since === undefined || since <= from ? all : queryRecords(op, series, { ...query, start: since });
      const reserved = new ReservedNames();
      for await (const record of records) yield* filesOf(op, record, reserved, timeoutMs);
    },
  };
}

function* filesOf(
  op: HmiOperation,
  record: HmiRecord,
  reserved: ReservedNames,
  timeoutMs: number | undefined,
): Generator<Candidate, void, undefined> {
  const { series, recnum, dateObs } = record;
  for (const { url, segment } of record.files) {
    const { link, title, uniqueName } = orderOf(record, { url, ...(segment !== undefined && { segment }) });
    const file: MirroredSegment = {
      series,
      dateObs: dateObs.toISOString(),
      url: op.redactor.url(link),
      ...(recnum !== undefined && { recnum }),
      ...(segment !== undefined && { segment }),
    };
    yield {
      path: reservedName(reserved, uniqueName, link),
      file,
      version: recnum === undefined ? undefined : String(recnum),
      datedAt: dateObs,
      request: () => {
        const { call, ...request } = fileRequest(op, {
          source: file,
          link,
          ...(title !== undefined && { title }),
          uniqueName,
        });
        return { ...request, call: { ...call, ...(timeoutMs !== undefined && { timeoutMs }) } };
      },
    };
  }
}

function momentOf({ arguments: args }: HmiOperation, value: HmiQuery['start'], name: string): Date {
  return new Date(toMicroseconds(value, args.label(name)) / 1000);
}

async function isThere(op: HmiOperation, link: string): Promise<boolean> {
  const { call, open } = fileRequest(op, { source: link, link, uniqueName: link });
  try {
    const answer = await open(op.request(call));
    await answer.discard();
    return true;
  } catch (error) {
    if (error instanceof NotFoundError) return false;
    throw error;
  }
}
