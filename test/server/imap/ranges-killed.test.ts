import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { ImapClient } from '../../../src/imap/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { isFull } from '../../support/full.js';
import { tempDir } from '../../support/temp-dir.js';
import { until } from '../../support/until.js';
import { bundled } from '../transfer/bundle.js';
import { bodyOf } from '../transfer/harness.js';
import { archive, begin, digestOf, MIB, NAME, PATH, type Archive } from './ranges-kit.js';

const program = await bundled('../imap/ranges-program.ts');
const KILLS = isFull ? 60 : 4;

let folder: string;
beforeEach(() => {
  folder = tempDir();
});
const target = (): string => join(folder, PATH);
const names = (): string[] => (existsSync(dirname(target())) ? readdirSync(dirname(target())).sort() : []);

function client({ url }: Archive): ImapClient {
  const imap = new ImapClient({ baseUrl: url, dataDir: folder, retries: 0 });
  cleanUp(() => imap.close());
  return imap;
}

/** A process that downloads; what kills it waits until it is gone. */
async function begun({ url }: Archive): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, [program, url, folder, NAME, '3'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  cleanUp(() => void child.kill('SIGKILL'));
  await Promise.race([once(child.stdout, 'data'), ended]);
  return async () => {
    expect(child.exitCode).toBeNull();
    child.kill('SIGKILL');
    await ended;
  };
}

/** What the record says is there. */
function written(): [number, number][] {
  try {
    const record = JSON.parse(readFileSync(`${target()}.part.json`, 'utf8')) as { written?: [number, number][] };
    return record.written ?? [];
  } catch {
    return [];
  }
}
const sum = (extents: readonly [number, number][]): number =>
  extents.reduce((bytes, [from, to]) => bytes + to - from, 0);

describe('kill -9 while ranges come side by side', () => {
  const body = bodyOf(18 * MIB);

  it.each([3, 1])('keeps what is known to be written: %i connections fetch the rest', async (connections) => {
    const held = await archive(body);
    held.script((asked) => {
      begin(asked, body, 3 * MIB);
      return true;
    });
    const kill = await begun(held);
    await until(() => sum(written()) >= 8 * MIB);
    await kill();
    expect(names()).toEqual([`${NAME}.part`, `${NAME}.part.json`, `${NAME}.part.lock`]);
    const there = written();
    // What is said to be there is, and nothing else is taken for it.
    const part = readFileSync(`${target()}.part`);
    for (const [from, to] of there) expect(part.subarray(from, to).equals(body.subarray(from, to))).toBe(true);
    held.script(() => false);
    const before = held.served();
    const file = await client(held).download(NAME, { connections });
    expect(file).toMatchObject({ status: 'resumed', bytes: body.length, sha256: digestOf(body) });
    const beginning = there[0]?.[0] === 0 ? there[0][1] : 0;
    expect(held.served() - before).toBe(body.length - (connections === 1 ? beginning : sum(there)));
    expect(digestOf(readFileSync(target()))).toBe(digestOf(body));
    expect(names()).toEqual([NAME]);
  });

  it('of another state of the file keeps nothing of it', async () => {
    const held = await archive(body);
    held.script((asked) => {
      begin(asked, body, 3 * MIB);
      return true;
    });
    const kill = await begun(held);
    await until(() => sum(written()) >= 4 * MIB);
    await kill();
    const other = bodyOf(19 * MIB, 3);
    held.hold(other, '"two-2"');
    held.script(() => false);
    const file = await client(held).download(NAME, { connections: 3 });
    expect(file).toMatchObject({ status: 'downloaded', bytes: other.length, sha256: digestOf(other) });
    expect(names()).toEqual([NAME]);
  });
});

describe(`kill -9 at ${KILLS} moments`, () => {
  it('never leaves a file with a hole, and the next call puts all right', async () => {
    const bodies = [bodyOf(12 * MIB, 1), bodyOf(12 * MIB, 2)];
    const digests = new Set(bodies.map(digestOf));
    const held = await archive(bodies[0] ?? Buffer.alloc(0), '"0-2"');
    let count = 0;
    held.script(async ({ number, response }) => {
      count += 1;
      // It changes now and then, some answers break off, and some take their time.
      const version = Math.floor(count / 9) % 2;
      held.hold(bodies[version] ?? Buffer.alloc(0), `"${version}-2"`);
      if (count % 7 === 0) response.socket?.destroy();
      await wait((number % 3) * 15);
      return false;
    });
    for (let turn = 0; turn < KILLS; turn += 1) {
      const kill = await begun(held);
      await wait((turn * 67) % 401);
      await kill();
      if (existsSync(target())) expect(digests.has(digestOf(readFileSync(target())))).toBe(true);
    }
    held.script(() => false);
    const last = bodies[1] ?? Buffer.alloc(0);
    held.hold(last, '"1-2"');
    const file = await client(held).download(NAME, { connections: 3, overwrite: 'replace' });
    expect(file).toMatchObject({ bytes: last.length, sha256: digestOf(last) });
    expect(digestOf(readFileSync(target()))).toBe(digestOf(last));
    expect(names()).toEqual([NAME]);
  });
});
