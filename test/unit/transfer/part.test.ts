import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { Digest } from '../../../src/core/transfer/body/digest.js';
import { Part } from '../../../src/core/transfer/file/part.js';
import { partPaths, readRecord } from '../../../src/core/transfer/file/part-file.js';
import { tempDir } from '../../support/temp-dir.js';

let dir: string;
beforeEach(() => {
  dir = tempDir();
});

const { signal } = new AbortController();
const settings = {
  source: 's',
  resume: true,
  withMd5: false,
  signal,
  tookOver: false,
  isHeld: () => Promise.resolve(true),
};
const record = { source: 's', validator: '"a"', totalBytes: 10 };
const paths = () => partPaths(dir, 'x');
const left = (content: string, what: unknown = record): void => {
  writeFileSync(paths().part, content);
  writeFileSync(paths().record, JSON.stringify(what));
};

describe('the paths of a part', () => {
  it('lie beside the target', () => {
    expect(partPaths('/d', 'a.nc')).toEqual({
      part: '/d/a.nc.part',
      record: '/d/a.nc.part.json',
      lock: '/d/a.nc.part.lock',
    });
  });

  it('of very long names fit and differ', () => {
    const one = partPaths('/d', `${'ä'.repeat(126)}1`);
    const other = partPaths('/d', `${'ä'.repeat(126)}2`);
    expect(Buffer.byteLength(one.lock) - 3).toBeLessThanOrEqual(255);
    expect(one.part).not.toBe(other.part);
  });
});

describe('a part that was left', () => {
  it('is digested again up to where it counts', async () => {
    left('01234');
    const part = await Part.open(paths(), settings);
    expect(part.asked).toEqual({ fromBytes: 5, validator: '"a"', totalBytes: 10 });
    const digest = new Digest(false);
    digest.update(Buffer.from('01234'));
    expect(part.digest.finish()).toEqual(digest.finish());
    expect(await part.leave(true)).toBe(true);
  });

  it('with more bytes than the file has is cut to all but the last', async () => {
    left('0123456789abc');
    const part = await Part.open(paths(), settings);
    expect(part.asked.fromBytes).toBe(9);
    await part.leave(true);
    expect(readFileSync(paths().part, 'utf8')).toBe('012345678');
  });

  it('of a file of one byte starts over', async () => {
    left('0', { ...record, totalBytes: 1 });
    const part = await Part.open(paths(), settings);
    expect(part.asked.fromBytes).toBe(0);
    await part.leave(false);
  });

  it('stops being digested on abort, with its file closed', async () => {
    left('01234');
    const reason = new Error('enough');
    await expect(Part.open(paths(), { ...settings, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it.each([
    null,
    'text',
    {},
    { ...record, validator: 5 },
    { ...record, validator: '"a"\r\nx: y' },
    { ...record, source: 1 },
  ])('with the record %j is not taken up', async (what) => {
    left('01234', what);
    expect(await readRecord(paths().record)).toBeUndefined();
    const part = await Part.open(paths(), settings);
    expect(part.asked.fromBytes).toBe(0);
    await part.startOver(undefined);
    await part.leave(true);
    expect(readdirSync(dir)).toEqual([]);
  });

  it('loses its record when another body begins that cannot be continued', async () => {
    left('01234');
    const part = await Part.open(paths(), settings);
    await part.startOver(undefined);
    expect(existsSync(paths().record)).toBe(false);
    await part.leave(true);
  });
});

describe('leaving a part', () => {
  it('keeps it only with a record, which is written then at the latest', async () => {
    const part = await Part.open(paths(), settings);
    await part.startOver(record);
    await part.handle.write('0123', 0);
    part.bytes = 4;
    expect(existsSync(paths().record)).toBe(false);
    expect(await part.leave(true)).toBe(true);
    expect(await readRecord(paths().record)).toEqual(record);
  });

  it('removes it when the record cannot be written', async () => {
    const part = await Part.open(paths(), settings);
    await part.startOver(record);
    part.bytes = 4;
    mkdirSync(paths().record);
    await expect(part.leave(true)).resolves.toBe(false);
    expect(existsSync(paths().part)).toBe(false);
  });

  it('writes the record of a long body at its beginning', async () => {
    const part = await Part.open(paths(), settings);
    await part.startOver({ ...record, totalBytes: 2 ** 30 });
    expect(existsSync(paths().record)).toBe(true);
    await part.leave(false);
    expect(readdirSync(dir)).toEqual([]);
  });
});
