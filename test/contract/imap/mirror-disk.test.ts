import { appendFileSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ImapClient } from '../../../src/imap/index.js';
import type { MirroredFile, MirrorOptions } from '../../../src/index.js';
import { simulateImap, type ImapSimulator } from '../../../src/testing/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { tempDir } from '../../support/temp-dir.js';
import { mended, once, systemError } from '../../unit/transfer/faulty-disk.js';

vi.mock('node:fs/promises', async (original) => {
  const { faulty } = await import('../../unit/transfer/faulty-disk.js');
  return faulty(await original<typeof import('node:fs/promises')>());
});

let sim: ImapSimulator;
let directory: string;
beforeEach(() => {
  directory = tempDir();
  const names = [5, 6, 7].map((day) => `imap_mag_l1a_norm-mago_2026010${day}_v001.0001.cdf`);
  sim = simulateImap({
    data: { replace: true, files: names.map((name) => ({ name, ingestedAt: '2026-01-15T00:00:00Z' })) },
  });
});
afterEach(() => {
  expect(mended()).toEqual([]);
});

function mirror(options: MirrorOptions = {}): Promise<MirroredFile[]> {
  const imap = new ImapClient({ ...sim.credentials, baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0 });
  cleanUp(() => imap.close());
  return imap.mirror({ instrument: 'mag', dataLevel: 'l1a' }, { directory, concurrency: 1, ...options }).toArray();
}

const manifest = (): string => join(directory, '.sdc/manifest.jsonl');
const states = (files: MirroredFile[]): string[] => files.map(({ status }) => status).sort();
const bodies = (): number => sim.requests.filter(({ service }) => service === 'storage').length;

describe('a mirror on a full disk', () => {
  it('reports the file whose body did not fit, and brings it next time', async () => {
    once('handle.writev', /\.part$/u, () => Promise.reject(systemError('ENOSPC', 'write')));
    const files = await mirror();
    expect(states(files)).toEqual(['failed', 'new', 'new']);
    const message = expect.stringMatching(/disk is full/u) as string;
    expect(files.find(({ status }) => status === 'failed')).toMatchObject({ error: { code: 'transfer', message } });
    expect(states(await mirror())).toEqual(['new', 'unchanged', 'unchanged']);
  });

  it.each([0, 40])(
    'reports the file whose line did not fit but for %i bytes, and takes it up next time',
    async (fit) => {
      once('handle.writeFile', manifest(), () => {
        appendFileSync(manifest(), '{"path":"imap/mag/l1a/2026/01/imap_mag_l1a_norm-mago_2026'.slice(0, fit));
        return Promise.reject(systemError('ENOSPC', 'write'));
      });
      const files = await mirror();
      expect(states(files)).toEqual(['failed', 'new', 'new']);
      expect(files.find(({ status }) => status === 'failed')?.error?.message).toContain('manifest.jsonl');
      expect(states(await mirror())).toEqual(['unchanged', 'unchanged', 'unchanged']);
      const before = bodies();
      expect(states(await mirror())).toEqual(['unchanged', 'unchanged', 'unchanged']);
      expect(bodies()).toBe(before);
    },
  );
});

describe('a manifest with many superseded lines', () => {
  it('is written once more with the last line of each path', async () => {
    await mirror();
    const text = readFileSync(manifest(), 'utf8');
    const [first = ''] = text.split('\n');
    appendFileSync(manifest(), `${JSON.stringify({ path: 'gone.cdf', removedAt: '2026-01-01T00:00:00.000Z' })}\n`);
    appendFileSync(manifest(), `${first}\n`.repeat(10_001));
    expect(states(await mirror({ dryRun: true }))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(readFileSync(manifest(), 'utf8').split('\n').length).toBeGreaterThan(10_000);
    expect(states(await mirror())).toEqual(['unchanged', 'unchanged', 'unchanged']);
    const lines = readFileSync(manifest(), 'utf8').trim().split('\n');
    expect(lines).toHaveLength(4);
    expect(lines.slice(0, 3).sort()).toEqual(text.trim().split('\n').sort());
  });

  it('is left as it was where it cannot be written', async () => {
    await mirror();
    const [first = ''] = readFileSync(manifest(), 'utf8').split('\n');
    appendFileSync(manifest(), `${first}\n`.repeat(10_010));
    once('handle.writeFile', /manifest\.jsonl\.[0-9a-f]+\.tmp$/u, () => Promise.reject(systemError('ENOSPC', 'write')));
    await expect(mirror()).rejects.toMatchObject({ code: 'transfer' });
    expect(states(await mirror())).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });
});

describe('what a killed process left in the folder of the manifest', () => {
  const own = (): string[] => readdirSync(join(directory, '.sdc'), { recursive: true, encoding: 'utf8' }).sort();
  const lock = (): string => `${manifest()}.lock`;
  function leave(path: string, content: string): void {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    const long = new Date(Date.now() - 600_000);
    utimesSync(path, long, long);
  }
  const gone = JSON.stringify({ pid: 1, host: 'elsewhere.invalid', token: 'gone' });

  it.each([
    ['a manifest that was being written once more', () => leave(`${manifest()}.0123456789ab.tmp`, '{"path":"imap')],
    [
      'the state of a query',
      () => leave(join(directory, '.sdc/queries/0123456789abcdef.json.0123456789ab.tmp'), '{"until"'),
    ],
    ['a lock', () => leave(lock(), gone)],
    ['a lock that had no name yet', () => leave(`${lock()}.000000000000`, gone)],
    [
      'a lock that was about to take the place of another one',
      () => {
        leave(lock(), gone);
        leave(`${lock()}.0123456789ab`, gone);
      },
    ],
  ])('is removed by a run with nothing new: %s', async (_name, killed) => {
    await mirror();
    const before = own();
    expect(before).toHaveLength(3);
    killed();
    expect(states(await mirror({ dryRun: true }))).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(own().length).toBeGreaterThan(3);
    expect(states(await mirror())).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(own()).toEqual(before);
  });

  it('is left alone where it is not a leftover', async () => {
    await mirror();
    leave(join(directory, '.sdc/notes.tmp'), 'of the user');
    await mirror();
    expect(own()).toContain('notes.tmp');
  });

  it('and a state that does not fit on the disk is a failure of the transfer', async () => {
    once('handle.writeFile', /queries.*\.tmp$/u, () => Promise.reject(systemError('ENOSPC', 'write')));
    await expect(mirror()).rejects.toMatchObject({
      code: 'transfer',
      message: expect.stringMatching(/disk is full/u) as string,
    });
    expect(states(await mirror())).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(own()).toHaveLength(3);
  });
});
