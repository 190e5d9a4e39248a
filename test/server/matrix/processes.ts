import { spawn, type ChildProcess } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cleanUp } from '../../support/clean-up.js';
import { until } from '../../support/until.js';
import { bundled } from '../transfer/bundle.js';
import { attempt, CALM, told, wrongs } from './judge.js';
import { filesBelow, type Scene } from './scene.js';
import type { Subject, Ways } from './subject.js';
import { bringsFiles } from './subjects.js';

const CHILD = await bundled('../matrix/child.ts');

interface Ended {
  readonly ended: string;
  readonly message?: string;
  readonly cause?: string;
}

/** Runs calls in a process of their own, which ends with the test. */
export function calls(
  jobs: readonly (readonly [Subject, Scene])[],
  ways: Ways,
  options: { readonly mode?: string; readonly shell?: string } = {},
): { readonly child: ChildProcess; readonly outcomes: Promise<readonly Ended[]> } {
  const args = [CHILD, options.mode ?? 'calls'];
  const child =
    options.shell === undefined
      ? spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
      : spawn('bash', ['-c', `${options.shell}; exec "$0" "$@"`, process.execPath, ...args], {
          stdio: ['pipe', 'pipe', 'inherit'],
        });
  cleanUp(() => void child.kill('SIGKILL'));
  child.stdin?.end(JSON.stringify(jobs.map(([{ name }, { site, at }]) => ({ subject: name, site, at, ways }))));
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const outcomes = new Promise<readonly Ended[]>((resolve, reject) => {
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Ended[]);
      else reject(new Error(`the child ended with ${String(code)}: ${output}`));
    });
  });
  outcomes.catch(() => undefined);
  return { child, outcomes };
}

/** Without the fault the same call gives the right file. */
export async function expectRepaired(subject: Subject, made: Scene): Promise<void> {
  const outcome = await attempt(subject, made, { ...CALM, again: true });
  expect(told(outcome)).toBe('right');
  const orders = subject.repeats === false ? 2 : 1;
  expect(await wrongs(subject, made, outcome, { old: false, changed: false, orders })).toEqual([]);
}

/** Where the first file of a call belongs. */
export const firstTarget = ({ at, truth }: Scene): string => join(at, [...truth.keys()][0] ?? '');

/** A process that is killed with -9 as it transfers leaves nothing under a final name, and the next one ends with the right file. */
export async function expectSurvivesKill(subject: Subject, made: Scene): Promise<void> {
  const route = subject.stations[subject.carrier] ?? /^/u;
  const stall = { kind: 'stall', ...(bringsFiles(subject) && { afterBytes: 700 }) } as const;
  made.faults.add({ route, times: Infinity, fault: stall });
  const { child, outcomes } = calls([[subject, made]], CALM);
  const part = `${firstTarget(made)}.part`;
  const begun = async (): Promise<boolean> =>
    made.faults.fired > 0 &&
    (subject.kind === 'upload' ||
      (await stat(part).then(
        () => true,
        () => false,
      )));
  await until(begun);
  child.kill('SIGKILL');
  await expect(outcomes).rejects.toThrow('the child ended');
  made.faults.clear();
  for (const name of (await filesBelow(made.at)).keys()) expect([...made.truth.keys()]).not.toContain(name);
  await expectRepaired(subject, made);
}
