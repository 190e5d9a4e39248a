import type { RequestListener } from 'node:http';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { downloadOne } from '../../../src/core/transfer/download.js';
import { isFull } from '../../support/full.js';
import { bundled } from '../transfer/bundle.js';
import { bodyOf, client, file, sha256, wanted } from '../transfer/harness.js';
import { serve, type ScriptedServer } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { MODES } from './killing-modes.js';

const KILLS = isFull ? 200 : 10;
/** How many of them one folder lives through before a call that is left in peace must put all right. */
const AT_A_TIME = 10;
/** Long enough for a record, which a body gets from 1 MiB on. */
const BYTES = 1_500_000;

const VERSIONS = [0, 1, 2, 3].map((seed) => bodyOf(BYTES, seed));
const DIGESTS = new Set(VERSIONS.map(sha256));

const program = await bundled('../matrix/killing-program.ts');
let server: ScriptedServer;
let dir: string;
beforeEach(async () => {
  let asked = 0;
  let answered = 0;
  const script: RequestListener = (request, response) => {
    asked += 1;
    const version = Math.floor(asked / 7) % VERSIONS.length;
    answered += 1;
    // Some come at once, some in pieces, some break off: a process is killed in all of them.
    const etag = `"${version}"`;
    const body = VERSIONS[version] ?? Buffer.alloc(0);
    if (answered % 5 === 0) file(body, { etag, cutAfter: 700_000 })(request, response);
    else file(body, { etag })(request, response);
  };
  server = await serve(script);
  dir = tempDir();
});

const names = (mode: string): string[] => {
  try {
    return readdirSync(join(dir, mode)).sort();
  } catch {
    return [];
  }
};
const finals = (mode: string): string[] => names(mode).filter((name) => !name.includes('.part'));

/** Starts a process that downloads, and kills it some time later. */
async function killOne(afterMs: number): Promise<void> {
  const child = spawn(process.execPath, [program, server.url, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  await Promise.race([once(child.stdout, 'data'), ended]);
  await wait(afterMs);
  expect(child.exitCode).toBeNull();
  child.kill('SIGKILL');
  await ended;
}

function expectWholeFiles(): void {
  for (const mode of MODES)
    for (const name of finals(mode)) {
      const bytes = readFileSync(join(dir, mode, name));
      expect([mode, name, bytes.length, DIGESTS.has(sha256(bytes))]).toEqual([mode, name, BYTES, true]);
    }
}

/** A call without trouble gives the right file; nothing else is left, and no file has two names. */
async function expectPutRight(): Promise<void> {
  const { op, transport } = client(server.url);
  server.script(file(VERSIONS[0] ?? Buffer.alloc(0), { etag: '"0"' }));
  for (const mode of MODES) {
    const before = finals(mode);
    const done = await downloadOne(op, wanted(join(dir, mode)), { overwrite: mode });
    expect([mode, names(mode)]).toEqual([mode, finals(mode)]);
    if (mode !== 'skip' || before.length === 0) expect(DIGESTS.has(sha256(readFileSync(done.path)))).toBe(true);
    if (mode === 'replace' || mode === 'update')
      expect(sha256(readFileSync(done.path)) === sha256(VERSIONS[0] ?? Buffer.alloc(0))).toBe(true);
    for (const name of names(mode))
      expect([mode, name, statSync(join(dir, mode, name)).nlink]).toEqual([mode, name, 1]);
  }
  transport.close();
}

describe(`kill -9 at ${KILLS} moments`, () => {
  it.each(Array.from({ length: KILLS / AT_A_TIME }, (_none, round) => round))(
    'leaves no final name with anything but a whole body, and the next call puts all right (%i)',
    async (round) => {
      for (let kill = 0; kill < AT_A_TIME; kill += 1) {
        // Spread over the first moments, where the locks that were left are taken over, and the later ones.
        await killOne(((round * AT_A_TIME + kill) * 37) % 211);
        expectWholeFiles();
      }
      await expectPutRight();
    },
  );
});
