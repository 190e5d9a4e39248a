import { SdcError, UnexpectedResponse } from '../../errors.js';
import type { MirroredFile, MirrorOptions } from '../../types.js';
import type { Operation } from '../operation/operation.js';
import { toDate } from '../util/dates.js';
import type { Run } from './context.js';
import { differences, type Difference } from './disk.js';
import { fetchAll, type Wanted } from './fetch.js';
import { pathFilter } from './globs.js';
import { clearBeside, clearOwnFolder } from './leftovers.js';
import { isLocalPath } from './local-path.js';
import type { ManifestEntry } from './manifest-line.js';
import { Manifest } from './manifest.js';
import { isKnownNotOffered, tellNotOffered } from './not-offered.js';
import { originOf } from './origin.js';
import type { Candidate, MirrorPlan } from './plan.js';
import { SourceRun } from './source-run.js';
import { withdrawn } from './withdrawn.js';

/**
 * One run: what the centre lists is compared with the manifest and the disk, what is new or has changed is fetched, and where all of it
 * came the next run begins where this one ended.
 */
export async function* runMirror(
  op: Operation,
  plan: MirrorPlan,
  options: MirrorOptions,
  counts: Run['counts'],
): AsyncGenerator<MirroredFile, void, undefined> {
  op.assertOpen();
  const run = await begin(op, plan, options, counts);
  const wanted: Wanted[] = [];
  for (const source of run.sources) yield* list(run, source, wanted);
  tellNotOffered(run);
  yield* options.dryRun === true ? wouldFetch(run, wanted) : fetchAll(run, wanted);
  yield* others(run);
  if (options.dryRun !== true) for (const source of run.sources) await source.leave(run.manifest, op.signal);
  for (const { error } of run.sources) if (error !== undefined) throw error;
}

async function begin(op: Operation, plan: MirrorPlan, options: MirrorOptions, counts: Run['counts']): Promise<Run> {
  const { directory } = plan;
  const { signal } = op;
  const manifest = new Manifest(op, directory);
  await manifest.refresh();
  if (manifest.damaged > 0) op.warn(`${manifest.damaged} lines of ${manifest.path} cannot be read; they are ignored`);
  if (options.dryRun !== true) {
    await clearOwnFolder(directory, manifest, signal);
    await manifest.compact(signal);
  }
  const filter = await pathFilter(options.include, options.exclude);
  const bad = new Map<string, Difference>();
  const compared = differences(directory, manifest.entries(), { digests: options.verify === true, signal });
  for await (const { entry, difference } of compared) bad.set(entry.path, difference);
  if (options.dryRun !== true) await clearBeside(directory, () => complete(manifest, bad));
  const missingOf = (key: string): string[] =>
    [...bad.keys()].filter((path) => filter(path) && originOf(manifest.get(path)?.source).query === key);
  const since =
    options.since === undefined || options.since === 'last-run'
      ? undefined
      : toDate(options.since, op.arguments.label('since'));
  const settings = { directory, options, since, manifestBytes: manifest.bytes, missingOf };
  const sources = await Promise.all(plan.sources.map((source) => SourceRun.begin(source, settings)));
  return { op, plan, options, manifest, counts, bad, filter, seen: new Set(), notOffered: [], sources };
}

function* complete(manifest: Manifest, bad: ReadonlyMap<string, Difference>): Generator<string, void, undefined> {
  for (const { path } of manifest.entries()) if (!bad.has(path)) yield path;
}

/** Lists one query. Where that breaks off, what was listed is fetched all the same. */
async function* list(run: Run, source: SourceRun, wanted: Wanted[]): AsyncGenerator<MirroredFile, void, undefined> {
  try {
    for await (const candidate of source.source.list(source.since)) {
      source.listed(candidate.datedAt);
      const known = judge(run, source, candidate, wanted);
      if (known !== undefined) yield known;
    }
  } catch (error) {
    run.op.signal?.throwIfAborted();
    run.op.assertOpen();
    if (!(error instanceof SdcError)) throw error;
    source.error = error;
  }
}

function judge(run: Run, source: SourceRun, candidate: Candidate, wanted: Wanted[]): MirroredFile | undefined {
  const { path, file, version } = candidate;
  if (!isLocalPath(path)) {
    const message = `the centre names the path ${JSON.stringify(path.slice(0, 200))}, which is not inside the directory`;
    run.counts.failed += 1;
    return { status: 'failed', path, source: file, error: new UnexpectedResponse(message, run.op.init()) };
  }
  if (!run.filter(path) || run.seen.has(path)) return undefined;
  run.seen.add(path);
  const entry = run.manifest.get(path);
  const difference = run.bad.get(path);
  if (entry !== undefined && difference === undefined && entry.version === version)
    return unchanged(run, entry, originOf(entry.source).file);
  if (candidate.mayBeMissing === true && isKnownNotOffered(run, candidate)) run.notOffered.push(path);
  else wanted.push({ candidate, source, entry, difference });
  return undefined;
}

function* wouldFetch({ counts }: Run, wanted: readonly Wanted[]): Generator<MirroredFile, void, undefined> {
  for (const { candidate, entry, difference } of wanted) {
    const { path, bytes, file } = candidate;
    counts[entry === undefined || difference === 'missing' ? 'new' : 'changed'] += 1;
    counts.bytes += bytes ?? 0;
    yield { status: 'would-fetch', path, source: file, ...(bytes !== undefined && { bytes }) };
  }
}

/** The files of these queries that were not listed: because they are older than what was asked for, or withdrawn. */
async function* others(run: Run): AsyncGenerator<MirroredFile, void, undefined> {
  const sources = new Map(run.sources.map((source) => [source.key, source]));
  for (const entry of run.manifest.entries()) {
    const { path } = entry;
    const { query = '', file } = originOf(entry.source);
    const source = sources.get(query);
    if (source === undefined || run.seen.has(path) || !run.filter(path)) continue;
    if (source.source.covers?.(file) === false) continue;
    const removed = source.isWhole ? await withdrawn(run, entry, file) : undefined;
    if (removed !== undefined) yield removed;
    else if (!run.bad.has(path)) yield unchanged(run, entry, file);
  }
}

function unchanged({ counts }: Run, { path, bytes, sha256 }: ManifestEntry, source: unknown): MirroredFile {
  counts.unchanged += 1;
  return { status: 'unchanged', path, bytes, sha256, source };
}
