import { writeFileSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ImapClient, InvalidImapFileName } from '../../../src/imap/index.js';
import type { ImapDownloadOptions } from '../../../src/imap/index.js';
import { simulateImap, type ImapSimulator } from '../../../src/testing/index.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';

let dataDir: string;
let sim: ImapSimulator;
let imap: ImapClient;
let names: string[];
beforeEach(async () => {
  dataDir = tempDir();
  sim = simulateImap();
  imap = new ImapClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch: sim.fetch, dataDir, retries: 0 });
  names = (await imap.query({ instrument: 'mag' })).slice(0, 4).map(({ filePath }) => filePath);
});
afterEach(async () => {
  await imap.close();
});

describe.each([{ verify: false }, { verify: true }])('a batch with %j', ({ verify }) => {
  it.each([{ concurrency: 0 }, { onFailure: 'nonsense' }, { overwrite: 'x' }, { onProgress: 1 }, { timeoutMs: -1 }])(
    'refuses %j at the call',
    (options) => {
      const asked = sim.requests.length;
      expect(() => imap.downloadAll(names, { ...options, verify } as ImapDownloadOptions)).toThrow(
        /TypeError|RangeError|imap\.downloadAll/u,
      );
      expect(sim.requests.length).toBe(asked);
    },
  );

  it.each([
    ['a list', (list: string[]) => [...list, ...list]],
    ['a set', (list: string[]) => new Set(list)],
  ])('counts the files of %s, each once', async (_what, source) => {
    const seen: [number, number | undefined][] = [];
    await imap
      .downloadAll(source(names), {
        verify,
        concurrency: 1,
        onProgress: ({ filesDone, filesTotal }) => seen.push([filesDone, filesTotal]),
      })
      .toArray();
    expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([4]));
    expect(seen.at(-1)).toEqual([4, 4]);
  });

  it.each([
    ['a list', (list: string[]) => list],
    ['a set', (list: string[]) => new Set(list)],
    ['a generator', (list: string[]) => list.values()],
  ])('asks for nothing where one name of %s is none of the archive', (_what, source) => {
    const asked = sim.requests.length;
    for (const wrong of ['test.txt', '../x', { filePath: '../x' } as unknown as string]) {
      const options = { verify, onFailure: 'yield', concurrency: 1 } as const;
      expect(() => imap.downloadAll(source([...names, wrong]), options)).toThrow(TypeError);
    }
    expect(sim.requests.length).toBe(asked);
  });

  it('that comes as it is made ends at the name that is none of the archive', async () => {
    async function* source(): AsyncGenerator<string> {
      await Promise.resolve();
      yield names[0] ?? '';
      yield 'test.txt';
    }
    const seen: string[] = [];
    const error = await rejection(async () => {
      for await (const { status } of imap.downloadAll(source(), { verify, concurrency: 1 })) seen.push(status);
    });
    expect(error).toBeInstanceOf(InvalidImapFileName);
    expect(seen).toEqual(['downloaded']);
  });

  it('rejects with the end of the client, also where failures are elements', async () => {
    sim.faults.add({
      route: ({ url }) => names.slice(2).some((name) => url.includes(basename(name))),
      times: 99,
      fault: { kind: 'stall' },
    });
    const seen: string[] = [];
    const error = await rejection(async () => {
      for await (const { status } of imap.downloadAll(names, { verify, onFailure: 'yield', concurrency: 1 })) {
        seen.push(status);
        if (seen.length === 1) await imap.close();
      }
    });
    expect(error).toMatchObject({ code: 'closed' });
    expect(seen).toEqual(['downloaded']);
    expect(await rejection(() => imap.downloadAll([], { verify }).toArray())).toMatchObject({ code: 'closed' });
  });

  it('names the target of what failed, whether a part was left or not', async () => {
    const missing = basename(names[0] ?? '').replace('v001', 'v099');
    sim.faults.add({ route: /\.cdf|\.pkts/u, times: 10, fault: { kind: 'drop', afterBytes: 100 } });
    const failed = await imap.downloadAll([names[0] ?? '', missing], { verify, onFailure: 'yield' }).toArray();
    expect(failed.map(({ path = '' }) => basename(path)).sort()).toEqual([basename(names[0] ?? ''), missing].sort());
  });
});

it('a copy that differs is replaced, and no range is asked for where the caller wants none', async () => {
  const [name = ''] = names;
  const { path } = await imap.download(name);
  const right = readFileSync(path);
  for (const resume of [true, false]) {
    writeFileSync(path, Buffer.alloc(right.length, 1));
    const asked = sim.requests.length;
    expect((await imap.download(name, { verify: true, resume })).status).not.toBe('skipped');
    expect(readFileSync(path)).toEqual(right);
    expect((await imap.download(name, { verify: true, resume })).status).toBe('skipped');
    expect(sim.requests.slice(asked).some(({ headers }) => headers.has('range'))).toBe(resume);
  }
});
