import { open, type FileHandle } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Digest } from '../../../src/core/transfer/body/digest.js';
import { receive, type ReceiveSettings } from '../../../src/core/transfer/body/receive.js';
import { tempDir } from '../../support/temp-dir.js';

const MIB = 1024 * 1024;
let dir: string;
let handle: FileHandle;
const path = (): string => join(dir, 'part');

beforeEach(async () => {
  dir = tempDir();
  handle = await open(path(), 'w+');
});
afterEach(async () => {
  await handle.close();
});

function settings(more: Partial<ReceiveSettings> = {}): ReceiveSettings {
  return {
    handle,
    position: 0,
    digest: new Digest(false),
    maxBytes: undefined,
    tooLong: () => new Error('too long'),
    head: undefined,
    onBytes: () => undefined,
    idleTimeoutMs: 10_000,
    signal: new AbortController().signal,
    silent: () => new Error('silent'),
    onEnd: () => undefined,
    ...more,
  };
}

const pieces = (count: number, bytes = 64 * 1024): Readable =>
  Readable.from(
    Array.from({ length: count }, (_, at) => Buffer.alloc(bytes, at % 251)),
    { objectMode: false },
  );

describe('a body on its way to the disk', () => {
  it('is written in large pieces and in order', async () => {
    const writes = vi.spyOn(handle, 'writev');
    const result = await receive(pieces(100), settings());
    expect(result).toEqual({ bytes: 100 * 64 * 1024 });
    const expected = Buffer.concat(Array.from({ length: 100 }, (_, at) => Buffer.alloc(64 * 1024, at % 251)));
    expect(readFileSync(path()).equals(expected)).toBe(true);
    expect(writes.mock.calls.length).toBeLessThan(12);
  });

  it('is written whole by a disk that takes less than it is given', async () => {
    const real = handle.writev.bind(handle);
    vi.spyOn(handle, 'writev').mockImplementation((buffers, position) => {
      const all = Buffer.concat([...buffers].map((one) => Buffer.from(one.buffer, one.byteOffset, one.byteLength)));
      return real([all.subarray(0, Math.max(1, all.length >> 1))], position);
    });
    const digest = new Digest(true);
    await receive(pieces(20), settings({ digest }));
    const whole = new Digest(true);
    whole.update(readFileSync(path()));
    expect(digest.finish()).toEqual(whole.finish());
    expect(readFileSync(path())).toHaveLength(20 * 64 * 1024);
  });

  it.each(['ENOSPC', 'EIO', 'EFBIG', 'EDQUOT'])('fails as the disk does with %s', async (code) => {
    const full = Object.assign(new Error('no'), { code, syscall: 'write' });
    vi.spyOn(handle, 'writev').mockRejectedValue(full);
    const result = await receive(pieces(40), settings());
    expect(result).toEqual({ bytes: 0, failure: { error: full, disk: true } });
  });

  it('that comes slowly is in the file before much has come', async () => {
    const source = new PassThrough();
    const result = receive(source, settings());
    source.write(Buffer.alloc(100, 1));
    await vi.waitFor(() => expect(readFileSync(path())).toHaveLength(100), { timeout: 30_000 });
    source.end(Buffer.alloc(11, 2));
    expect(await result).toEqual({ bytes: 111 });
    expect(readFileSync(path())).toEqual(Buffer.concat([Buffer.alloc(100, 1), Buffer.alloc(11, 2)]));
  });

  it('that breaks off leaves all that came in the file', async () => {
    const broken = new Error('broken');
    const source = new PassThrough({ highWaterMark: 4 * MIB });
    source.write(Buffer.alloc(2 * MIB + 777, 1));
    const onBytes = (bytes: number): void => {
      if (bytes === 2 * MIB + 777) setImmediate(() => source.destroy(broken));
    };
    const result = await receive(source, settings({ onBytes }));
    expect(result).toMatchObject({ bytes: 2 * MIB + 777, failure: { error: broken, disk: false } });
    expect(readFileSync(path())).toHaveLength(2 * MIB + 777);
  });

  it('is not written before its beginning was judged', async () => {
    const refusal = new Error('a page');
    const heads: number[] = [];
    const head = (first: Uint8Array): Error => {
      heads.push(first.byteLength);
      return refusal;
    };
    const source = Readable.from([Buffer.alloc(300), Buffer.alloc(300), Buffer.alloc(300)], { objectMode: false });
    expect(await receive(source, settings({ head }))).toMatchObject({ bytes: 0, failure: { error: refusal } });
    expect(heads).toEqual([512]);
    expect(readFileSync(path())).toHaveLength(0);
  });

  it('that ends within its beginning is judged by what there is', async () => {
    const heads: number[] = [];
    const head = (first: Uint8Array): undefined => void heads.push(first.byteLength);
    expect(await receive(Readable.from([Buffer.alloc(10)], { objectMode: false }), settings({ head }))).toEqual({
      bytes: 10,
    });
    expect(heads).toEqual([10]);
  });

  it('is refused when it is too long', async () => {
    const result = await receive(pieces(3, 10), settings({ maxBytes: 25 }));
    expect(result.failure?.error).toEqual(new Error('too long'));
  });

  it('fails with what its listener throws, even when that is no error', async () => {
    const onBytes = (): void => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what users throw is theirs
      throw 'a text';
    };
    expect(await receive(pieces(1), settings({ onBytes }))).toMatchObject({ failure: { disk: false } });
  });
});

describe('the idle timer', () => {
  it('does not run while the disk is waited for', async () => {
    const real = handle.writev.bind(handle);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const writes = vi.spyOn(handle, 'writev').mockImplementation(async (buffers, position) => {
      // After some turns the source has given all that is taken: then the disk alone is waited for.
      for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      vi.advanceTimersByTime(60_000);
      return real(buffers, position);
    });
    expect(await receive(pieces(64), settings({ idleTimeoutMs: 40_000 }))).toEqual({ bytes: 4 * MIB });
    expect(writes).toHaveBeenCalled();
  });

  it('runs while the source is waited for', async () => {
    const silence = new Error('silent');
    const source = new PassThrough();
    source.write('x');
    const result = await receive(source, settings({ idleTimeoutMs: 30, silent: () => silence }));
    expect(result).toEqual({ bytes: 1, failure: { error: silence, disk: false } });
    expect(source.destroyed).toBe(true);
  });
});
