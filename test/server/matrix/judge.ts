import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isSdcError } from '../../../src/errors.js';
import { filesBelow, type Scene } from './scene.js';
import type { Subject, Ways } from './subjects.js';

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

/** What is wrong with what lies on the disk and in the centre; nothing where all is well. */
export async function wrongs(
  subject: Subject,
  scene: Scene,
  outcome: Outcome,
  options: { readonly old: boolean; readonly changed: boolean },
): Promise<string[]> {
  const wrong: string[] = [];
  const { truth, at } = scene;
  const failed = 'error' in outcome;
  if (failed && !isSdcError(outcome.error)) wrong.push(`no SdcError: ${told(outcome)}`);
  if (failed && isSdcError(outcome.error) && !outcome.error.message.startsWith(`${subject.name}: `))
    wrong.push(`the error is of another call: ${outcome.error.message}`);
  const files = await filesBelow(at);
  if (subject.kind === 'open' && !failed && !same(outcome.body, [...truth.values()][0]))
    wrong.push(`a wrong stream of ${outcome.body?.length ?? 0} bytes`);
  if (subject.kind === 'upload') {
    const stored = scene.stored();
    if (stored.some((bytes) => !same(bytes, scene.sent))) wrong.push('the centre holds other bytes than were sent');
    if (!failed && stored.length === 0) wrong.push('it says that the file is there, but it is not');
  }
  if (subject.kind !== 'download') {
    if (files.size > 0) wrong.push(`it left ${[...files.keys()].join(', ')}`);
    return wrong;
  }
  for (const [name, bytes] of truth) {
    const there = files.get(name);
    if (same(there, bytes) || (options.changed && same(there, grown(bytes)))) continue;
    if (!failed)
      wrong.push(`${name} is ${there === undefined ? 'missing' : `wrong (${there.length} of ${bytes.length} bytes)`}`);
    else if (options.old && !same(there, OLD)) wrong.push(`the older ${name} is lost`);
    else if (!options.old && there !== undefined)
      wrong.push(`${name} is wrong (${there.length} of ${bytes.length} bytes)`);
  }
  for (const [name, bytes] of files) {
    if (truth.has(name)) continue;
    const target = name.replace(/\.part(?:\.json)?$/u, '');
    if (!failed || !truth.has(target) || target === name) wrong.push(`it left ${name}`);
    else if (!files.has(`${target}.part`) || !files.has(`${target}.part.json`))
      wrong.push(`${name} cannot be continued`);
    else if (name.endsWith('.part') && !same(bytes, truth.get(target)?.subarray(0, bytes.length)))
      wrong.push(`${name} is no beginning of the file`);
  }
  return wrong;
}

/** Says of an outcome what it was. */
export function told({ error }: Outcome): string {
  if (error === undefined) return 'right';
  if (isSdcError(error)) return `${error.code}: ${error.message}`;
  return error instanceof Error ? String(error) : 'something that is no error';
}
