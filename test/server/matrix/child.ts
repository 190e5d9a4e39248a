// Transfer calls in a process of their own: <read-only | calls>, the jobs as JSON on the standard input;
// prints one line of JSON with an outcome each.
import { chmodSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { isSdcError } from '../../../src/errors.js';
import type { Site, Ways } from './subject.js';
import { SUBJECTS } from './subjects.js';

interface Job {
  readonly subject: string;
  readonly site: Site;
  readonly at: string;
  readonly ways: Ways;
}

async function outcomeOf({ subject, site, at, ways }: Job): Promise<unknown> {
  const found = SUBJECTS.find(({ name }) => name === subject);
  try {
    await found?.run(site, at, ways);
    return { ended: 'right' };
  } catch (error) {
    if (!isSdcError(error)) return { ended: 'foreign', message: String(error) };
    const cause = error.cause instanceof Error && 'code' in error.cause ? error.cause.code : undefined;
    return { ended: error.code, message: error.message, cause };
  }
}

async function main(): Promise<void> {
  const jobs = JSON.parse(await text(process.stdin)) as Job[];
  if (process.argv[2] === 'read-only') {
    for (const { at } of jobs) chmodSync(at, 0o555);
    // The superuser may write anywhere.
    if (process.getuid?.() === 0) {
      process.setgid?.(65_534);
      process.setuid?.(65_534);
    }
  }
  const outcomes: unknown[] = [];
  for (const job of jobs) outcomes.push(await outcomeOf(job));
  console.log(JSON.stringify(outcomes));
}

void main();
