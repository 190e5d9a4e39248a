import { toPath } from '../../core/files/paths.js';
import { defined } from '../../core/util/defined.js';
import { createMirror } from '../../core/mirror/mirror.js';
import type { Candidate, MirrorPlan, MirrorSource } from '../../core/mirror/plan.js';
import type { Mirror, MirrorOptions } from '../../types.js';
import type { ImapOperation } from '../context.js';
import { DAY_MS, toMoment } from '../names/days.js';
import { checkQuery } from '../query/check.js';
import { query as queryFiles } from './query.js';
import { spiceQuery } from './spice-query.js';
import { fileRequest } from '../transfer/file-request.js';
import { isVisible } from '../transfer/indexed.js';
import { remoteFileOf, type RemoteFile } from '../transfer/remote-file.js';
import type { ImapFile, ImapMirrorQuery, SpiceFile } from '../types.js';

/** The server's filter knows days; files may show up in queries a while after their date. */
const OVERLAP_MS = DAY_MS;

/** `ImapClient.mirror`. */
export function mirror(
  op: ImapOperation,
  query: ImapMirrorQuery | readonly ImapMirrorQuery[],
  options: MirrorOptions,
): Mirror {
  const { arguments: args, context } = op;
  const { directory } = options;
  const queries: readonly ImapMirrorQuery[] = isSeveral(query) ? query : [query];
  if (queries.length === 0) throw args.invalid('query is an empty list; say what to mirror');
  for (const one of queries) if (!isKernels(one)) checkQuery(args, one);
  const plan: MirrorPlan = {
    directory: directory === undefined ? context.settings.dataDir : toPath(directory, args.label('directory')),
    sources: queries.map((one) => sourceOf(op, one, options)),
    isThere: async (file, signal) =>
      typeof file !== 'string' || isVisible(op.with({ signal }), remoteFileOf(args, file).key),
  };
  return createMirror(op, plan, options);
}

function sourceOf(op: ImapOperation, query: ImapMirrorQuery, options: MirrorOptions): MirrorSource {
  const { publicUrl, access } = op.context.settings;
  return {
    // What a query finds depends on who asks.
    query: { centre: 'imap', url: publicUrl.href, access, ...query },
    overlapMs: OVERLAP_MS,
    list: async function* (since) {
      for (const file of await filesSince(op, query, since)) {
        const { ingestionDate } = file;
        if (since === undefined || ingestionDate === undefined || ingestionDate >= since)
          yield candidateOf(op, file, options);
      }
    },
  };
}

/** The files that the archive took since a moment, or all. */
async function filesSince(
  op: ImapOperation,
  query: ImapMirrorQuery,
  since: Date | undefined,
): Promise<readonly (ImapFile | SpiceFile)[]> {
  const bounds = ingestionBounds(op, query, since);
  if (bounds === undefined) return [];
  if (!isKernels(query)) return queryFiles(op, { ...query, ...bounds });
  const { table: _table, ...kernels } = query;
  return spiceQuery(op, { ...kernels, ...bounds });
}

/** The later of two beginnings; `undefined` where the query ends before. */
function ingestionBounds(
  { arguments: args }: ImapOperation,
  { ingestionStartDate, ingestionEndDate }: ImapMirrorQuery,
  since: Date | undefined,
): { readonly ingestionStartDate?: Date } | undefined {
  if (since === undefined) return {};
  const startMs =
    ingestionStartDate === undefined ? -Infinity : toMoment(ingestionStartDate, args.label('ingestionStartDate'));
  if (startMs >= since.getTime()) return {};
  const endMs = ingestionEndDate === undefined ? Infinity : toMoment(ingestionEndDate, args.label('ingestionEndDate'));
  return endMs + DAY_MS <= since.getTime() ? undefined : { ingestionStartDate: since };
}

function candidateOf(op: ImapOperation, file: ImapFile | SpiceFile, { connections }: MirrorOptions): Candidate {
  const { filePath, ingestionDate } = file;
  const remote = remoteOf(op, file);
  return {
    path: remote === undefined ? filePath : [remote.folder, remote.name].filter((part) => part !== '').join('/'),
    file: filePath,
    version: ingestionDate?.toISOString(),
    datedAt: ingestionDate,
    request: () => fileRequest(op, remoteFileOf(op.arguments, file), defined({ connections })),
  };
}

/** `undefined` for a row whose path is none; the engine refuses that path as it stands. */
function remoteOf(op: ImapOperation, file: ImapFile | SpiceFile): RemoteFile | undefined {
  try {
    return remoteFileOf(op.arguments, file);
  } catch {
    return undefined;
  }
}

function isKernels(query: ImapMirrorQuery): query is Extract<ImapMirrorQuery, { readonly table: 'spice' }> {
  return query.table === 'spice';
}

function isSeveral(query: ImapMirrorQuery | readonly ImapMirrorQuery[]): query is readonly ImapMirrorQuery[] {
  return Array.isArray(query);
}
