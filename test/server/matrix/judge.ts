import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSdcError, TransferError } from '../../../src/errors.js';
import { filesBelow, spoiled, type Scene } from './scene.js';
import type { Subject, Ways } from './subject.js';
import { bringsFiles } from './subjects.js';

/** What came of a call. */
export interface Outcome {
  readonly error?: unknown;
  readonly body?: Uint8Array | undefined;
}

export const CALM: Ways = { timeoutMs: 10_000, idleTimeoutMs: 10_000, retries: 1, overwrite: 'replace' };
/** Lies under the targets before a call that may replace them. */
export const OLD = new TextEncoder().encode('an older file that is good\n');

/** Runs a call; a hang is an error of its own. */
export async function attempt(
  subject: Subject,
  { site, at }: Scene,
  ways: Ways,
  deadlineMs = 20_000,
): Promise<Outcome> {
  const work = subject.run(site, at, ways).then(
    (body): Outcome => ({ body }),
    (error: unknown): Outcome => ({ error }),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`it hangs: no outcome after ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Puts an older file under each target. */
export async function layOld({ at, truth }: Scene): Promise<void> {
  for (const name of truth.keys()) {
    await mkdir(dirname(join(at, name)), { recursive: true });
    await writeFile(join(at, name), OLD);
  }
}

const same = (one: Uint8Array | undefined, other: Uint8Array | undefined): boolean =>
  one !== undefined && other !== undefined && Buffer.compare(one, other) === 0;

/** What the simulator calls changed: one byte more, in a zip archive as its comment. */
function grown(bytes: Uint8Array): Uint8Array {
  const more = Buffer.concat([bytes, Buffer.alloc(1)]);
  if (more.toString('latin1', 0, 2) === 'PK') more[bytes.length - 2] = 1;
  return more;
}

/** What may be at the targets besides the right files. */
export interface Allowed {
  /** An older file was there. */
  readonly old: boolean;
  /** The centre may have other content by now. */
  readonly changed: boolean;
  /** How often all may have been sent; default: once. */
  readonly orders?: number;
  /** Nothing tells the digest, so that copies of one length are the same. */
  readonly blind?: boolean;
}

/** What is wrong with what lies on the disk and in the centre; nothing where all is well. */
export async function wrongs(subject: Subject, scene: Scene, outcome: Outcome, allowed: Allowed): Promise<string[]> {
  const truth = (await scene.settled?.()) ?? scene.truth;
  const files = await filesBelow(scene.at);
  const wrong = [...wrongError(subject, outcome), ...wrongAnswer(subject, truth, outcome, allowed)];
  if (subject.sends !== undefined) wrong.push(...wrongThere(scene, outcome, allowed));
  if (bringsFiles(subject)) wrong.push(...wrongTargets(subject, truth, files, outcome, allowed));
  else if (subject.kind === 'check') wrong.push(...untouched(subject, truth, files));
  return [...wrong, ...litter(subject, scene, truth, files, outcome)];
}

function wrongError(subject: Subject, outcome: Outcome): string[] {
  if (!('error' in outcome)) return [];
  const { error } = outcome;
  if (!isSdcError(error)) return [`no SdcError: ${told(outcome)}`];
  const [operation = ''] = subject.name.split(' (');
  return error.message.startsWith(`${operation}: `) ? [] : [`the error is of another call: ${error.message}`];
}

/** A stream gives the bytes of the file; a comparison tells the truth or nothing. */
function wrongAnswer(
  { kind, laid }: Subject,
  truth: Scene['truth'],
  { error, body }: Outcome,
  { changed, blind }: Allowed,
): string[] {
  if (error !== undefined) return [];
  const [whole = new Uint8Array()] = truth.values();
  if (kind === 'open' && !same(body, whole) && !(changed && same(body, grown(whole))))
    return [`a wrong stream of ${body?.length ?? 0} bytes`];
  if (kind !== 'check') return [];
  const said = new TextDecoder().decode(body);
  const right = (laid === 'right' || blind === true) && !changed ? 'same' : 'different';
  return said === right ? [] : [`it says ${said} of a copy that is ${right}`];
}

/** The centre holds what was sent, and after a success all of it. */
function wrongThere({ stored, sent }: Scene, { error }: Outcome, { orders = 1 }: Allowed): string[] {
  const there = stored();
  const wrong = there.filter((bytes) => !sent.some((right) => same(bytes, right)));
  return [
    ...(wrong.length > 0 ? [`the centre holds ${wrong.length} other things than were sent`] : []),
    ...(there.length > sent.length * orders
      ? [`the centre holds ${there.length} things, but ${sent.length} were sent`]
      : []),
    ...(error === undefined && sent.some((right) => !there.some((bytes) => same(bytes, right)))
      ? ['it says that all is there, but it is not']
      : []),
  ];
}

function wrongTargets(
  { laid }: Subject,
  truth: Scene['truth'],
  files: ReadonlyMap<string, Uint8Array>,
  { error }: Outcome,
  { old, changed, blind }: Allowed,
): string[] {
  const wrong: string[] = [];
  for (const [name, bytes] of truth) {
    const there = files.get(name);
    if (same(there, bytes) || (changed && same(there, grown(bytes)))) continue;
    if (blind === true && laid === 'spoiled' && same(there, spoiled(bytes))) continue;
    const before = laid === 'spoiled' ? spoiled(bytes) : old ? OLD : undefined;
    if (error === undefined)
      wrong.push(`${name} is ${there === undefined ? 'missing' : `wrong (${there.length} of ${bytes.length} bytes)`}`);
    else if (before !== undefined && !same(there, before)) wrong.push(`the older ${name} is lost`);
    else if (before === undefined && there !== undefined)
      wrong.push(`${name} is wrong (${there.length} of ${bytes.length} bytes)`);
  }
  return wrong;
}

function untouched({ laid }: Subject, truth: Scene['truth'], files: ReadonlyMap<string, Uint8Array>): string[] {
  return [...truth]
    .filter(([name, bytes]) => !same(files.get(name), laid === 'spoiled' ? spoiled(bytes) : bytes))
    .map(([name]) => `${name} was touched`);
}

/** Nothing stays but the targets and, after a failure, beginnings that the next call goes on with. */
function litter(
  { kind, files: count, whole }: Subject,
  { at }: Scene,
  truth: Scene['truth'],
  files: ReadonlyMap<string, Uint8Array>,
  { error }: Outcome,
): string[] {
  const wrong: string[] = [];
  const named = error instanceof TransferError ? error.partPath : undefined;
  if (named !== undefined && !files.has(named.slice(at.length + 1))) wrong.push(`there is no ${named}`);
  for (const [name, bytes] of files) {
    if (truth.has(name) && kind !== 'open' && kind !== 'upload') continue;
    const target = name.replace(/\.part(?:\.json)?$/u, '');
    if (error === undefined || !truth.has(target) || target === name) wrong.push(`it left ${name}`);
    else if (whole !== undefined && kind === 'download') wrong.push(`it left ${name}, which is never gone on with`);
    else if (!files.has(`${target}.part`) || !files.has(`${target}.part.json`))
      wrong.push(`${name} cannot be continued`);
    else if (name.endsWith('.part') && !isPartOf(truth.get(target), bytes, files.get(`${target}.part.json`)))
      wrong.push(`${name} is no beginning of the file`);
    // Of several files the error is about one, and only a TransferError has the field.
    else if (count === 1 && error instanceof TransferError && named !== join(at, `${target}.part`))
      wrong.push(`it left ${name}, which the error does not name`);
  }
  return wrong;
}

/** Whether a part holds bytes of the file: the beginning, or where its record names extents, each of them. */
function isPartOf(truth: Uint8Array | undefined, part: Uint8Array, record: Uint8Array | undefined): boolean {
  const { written = [[0, part.length]] } = JSON.parse(new TextDecoder().decode(record)) as { written?: number[][] };
  return written.every(([from, to]) => same(part.subarray(from, to), truth?.subarray(from, to)));
}

/** Says of an outcome what it was. */
export function told({ error }: Outcome): string {
  if (error === undefined) return 'right';
  if (isSdcError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? String(error) : 'something that is no error';
}
