import { Arguments } from '../../../src/core/operation/arguments.js';
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { TransferError } from '../../../src/errors.js';
import type { UploadBody } from '../../../src/core/http/request.js';
import { multipartBody } from '../../../src/core/transfer/multipart.js';
import { fileBody } from '../../../src/core/transfer/upload.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { failOnce, mended, once } from './faulty-disk.js';

vi.mock('node:fs/promises', async (original) => {
  const { faulty } = await import('./faulty-disk.js');
  return faulty(await original<typeof import('node:fs/promises')>());
});

const args = new Arguments('scc.uploadFile');
const KIB = 1024;
let dir: string;
beforeEach(() => {
  dir = tempDir();
});

function saved(bytes: number, name = 'data.nc'): string {
  const path = join(dir, name);
  writeFileSync(path, Buffer.from(Array.from({ length: bytes }, (_, at) => (at * 7) % 251)));
  return path;
}

async function sent(body: UploadBody): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body.open()) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}

describe('a file as a body', () => {
  it.each([1, 512 * KIB - 1, 512 * KIB, 512 * KIB + 1, 1700 * KIB])(
    'of %i bytes is sent exactly, each time anew',
    async (bytes) => {
      const { readFileSync } = await import('node:fs');
      const path = saved(bytes);
      const body = await fileBody(args, path, { contentType: 'application/x-netcdf' });
      expect(body).toMatchObject({ bytes, contentType: 'application/x-netcdf' });
      for (let attempt = 0; attempt < 2; attempt += 1) expect((await sent(body)).equals(readFileSync(path))).toBe(true);
    },
  );

  it('reports its progress up to the end', async () => {
    const seen: number[] = [];
    const path = saved(1300 * KIB);
    await sent(
      await fileBody(args, path, {
        onProgress: ({ bytes, totalBytes, name }) => {
          expect([totalBytes, name]).toEqual([1300 * KIB, 'data.nc']);
          seen.push(bytes);
        },
      }),
    );
    expect(seen.at(-1)).toBe(1300 * KIB);
  });

  it.each([
    ['missing', () => join(dir, 'none'), TypeError],
    ['below a file', () => join(saved(1), 'x'), TypeError],
    ['a directory', () => dir, TypeError],
    ['empty', () => saved(0), RangeError],
  ])('that is %s is refused', async (_what, path, kind) => {
    await expect(fileBody(args, path(), { label: 'the sounding file' })).rejects.toThrow(kind);
    await expect(fileBody(args, path(), { label: 'the sounding file' })).rejects.toThrow(
      'scc.uploadFile: the sounding file',
    );
  });

  it.each([
    ['grew', (path: string) => appendFileSync(path, 'x')],
    ['shrank', (path: string) => truncateSync(path, 10)],
  ])('that %s before it is sent fails before a byte', async (_how, change) => {
    const path = saved(1000);
    const body = await fileBody(args, path);
    change(path);
    await expect(sent(body)).rejects.toThrow(TransferError);
  });

  it.each([
    ['grows', (path: string) => appendFileSync(path, 'x')],
    ['shrinks', (path: string) => truncateSync(path, 600 * KIB)],
  ])('that %s while it is sent fails before its last byte', async (_how, change) => {
    const path = saved(2100 * KIB);
    const body = await fileBody(args, path);
    let bytes = 0;
    const work = async (): Promise<void> => {
      for await (const chunk of body.open()) {
        if (bytes === 0) change(path);
        bytes += (chunk as Uint8Array).byteLength;
      }
    };
    await expect(work()).rejects.toThrow('changed while it was being sent');
    expect(bytes).toBeLessThan(2100 * KIB);
  });

  it('that goes away meanwhile fails', async () => {
    const path = saved(10);
    const body = await fileBody(args, path);
    rmSync(path);
    await expect(sent(body)).rejects.toThrow(TransferError);
  });

  it('closes its file when the sending is given up', async () => {
    const body = await fileBody(args, saved(2000 * KIB));
    for await (const _chunk of body.open()) break;
  });

  it('needs to know its centre', async () => {
    await expect(fileBody(new Arguments('upload'), saved(1))).rejects.toThrow(TypeError);
  });
});

describe('a disk that fails while a file is sent', () => {
  it.each([
    ['open', 'EACCES', 'no permission to read it; change its permissions (EACCES)', 0],
    ['handle.stat', 'EIO', 'the disk failed; check it (EIO)', 0],
    ['handle.stat', 'ESTALE', 'ESTALE', 1],
    ['handle.read', 'EIO', 'the disk failed; check it (EIO)', 0],
    ['handle.read', 'EIO', 'the disk failed; check it (EIO)', 1],
  ])('is told: %s with %s', async (call, code, words, skip) => {
    const body = await fileBody(args, saved(1700 * KIB));
    failOnce(call, '.nc', code, skip);
    const error: unknown = await rejection(sent(body));
    expect(error).toBeInstanceOf(TransferError);
    expect(String(error)).toContain(`data.nc cannot be read: `);
    expect(String(error)).toContain(words);
    expect(mended()).toEqual([]);
  });

  it('tells why it failed, also when its file cannot be closed either', async () => {
    const body = await fileBody(args, saved(10));
    failOnce('handle.read', '.nc', 'EIO');
    once('handle.close', '.nc', async (go) => {
      await go();
      throw new Error('no luck either');
    });
    await expect(sent(body)).rejects.toThrow('the disk failed');
  });
});

describe('a form with files', () => {
  it('has the exact length and can be read by any server', async () => {
    const path = saved(700 * KIB);
    const body = await multipartBody(
      args,
      [
        { name: 'system', value: '182' },
        { name: 'data', file: path, type: 'application/x-netcdf' },
        { name: 'sounding', file: saved(10, 'rs_"odd"\r\n.nc'), fileName: 'rs_"odd".nc' },
      ],
      undefined,
    );
    const bytes = await sent(body);
    expect(bytes).toHaveLength(body.bytes);
    const boundary = /boundary=(.+)$/.exec(body.contentType ?? '')?.[1] ?? '';
    const parts = bytes.toString('latin1').split(`--${boundary}`);
    expect(parts).toHaveLength(5);
    const [, system = '', data = '', sounding = '', end] = parts;
    expect(system).toBe('\r\nContent-Disposition: form-data; name="system"\r\n\r\n182\r\n');
    const [head = '', content = ''] = data.split('\r\n\r\n');
    expect(head).toContain('name="data"; filename="data.nc"\r\nContent-Type: application/x-netcdf');
    expect(content.length).toBe(700 * KIB + 2);
    expect(sounding).toContain('filename="rs_%22odd%22.nc"\r\nContent-Type: application/octet-stream');
    expect(end).toBe('--\r\n\r\n');
  });

  it('reports its progress under the name of its first file', async () => {
    const seen: string[] = [];
    const body = await multipartBody(args, [{ name: 'f', file: saved(10) }], ({ name, bytes, totalBytes }) =>
      seen.push(`${name} ${bytes}/${String(totalBytes)}`),
    );
    await sent(body);
    expect(seen.at(-1)).toBe(`data.nc ${body.bytes}/${body.bytes}`);
  });

  it('without files is a form all the same', async () => {
    const body = await multipartBody(args, [{ name: 'a', value: 'b' }], undefined);
    expect(await sent(body)).toHaveLength(body.bytes);
  });

  it.each([
    ['missing', () => join(dir, 'none'), TypeError],
    ['empty', () => saved(0), RangeError],
  ])('refuses a file that is %s', async (_what, path, kind) => {
    await expect(multipartBody(args, [{ name: 'data', file: path() }], undefined)).rejects.toThrow(kind);
  });
});
