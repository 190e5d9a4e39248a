import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ResponseHead } from '../../../src/core/http/response.js';
import { fitsCheck, netcdfOrZipCheck, noPageCheck, zipCheck } from '../../../src/core/transfer/body/checks.js';
import { makeZip } from '../../../src/testing/kit/zip.js';
import { tempDir } from '../../support/temp-dir.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');
const head = (contentType?: string): ResponseHead => ({
  status: 200,
  headers: new Headers(),
  url: 'http://x/',
  redirected: false,
  ...(contentType !== undefined && { contentType }),
});
const { signal } = new AbortController();
const all = { zipCheck, netcdfOrZipCheck, fitsCheck, noPageCheck };

describe('the first bytes', () => {
  it.each([
    ['zipCheck', 'PK\x03\x04', true],
    ['zipCheck', 'PK\x05\x06', true],
    ['zipCheck', 'PK', false],
    ['zipCheck', '\x89HDF\r\n\x1a\n', false],
    ['netcdfOrZipCheck', 'CDF\x01', true],
    ['netcdfOrZipCheck', 'PK\x03\x04', true],
    ['netcdfOrZipCheck', 'text', false],
    ['fitsCheck', 'SIMPLE  =                    T', true],
    ['fitsCheck', 'SIMPLE', false],
    ['noPageCheck', 'anything', true],
    ['noPageCheck', '', true],
    ['noPageCheck', '\n <!DOCTYPE HTML><p>', false],
    ['noPageCheck', '<html lang="en">', false],
    ['noPageCheck', '<?xml version="1.0"?><svg>', true],
  ] as const)('%s takes %j: %j', (name, first, taken) => {
    expect(all[name].head(bytes(first), head()) === undefined).toBe(taken);
  });

  it('of an HTML answer that begins with a tag are a page', () => {
    expect(noPageCheck.head(bytes('<p>Sorry</p>'), head('text/html; charset=utf-8'))).toContain('<p>Sorry</p>');
    expect(noPageCheck.head(bytes('1,2,3'), head('text/html'))).toBeUndefined();
  });

  it.each([
    ['', 'it is empty'],
    ['<!doctype html><title> Log in </title>', 'it is a web page with the title "Log in"'],
    ['<html><body>', 'it is a web page'],
    ['{"message": "no"}', 'it begins with "{"message": "no"}"'],
    ['\x00\x01\xff', 'it begins with the bytes 0001ff'],
  ])('%j are complained of as: %s', (first, words) => {
    expect(zipCheck.head(bytes(first), head())).toBe(words);
  });
});

describe('the whole file', () => {
  let dir: string;
  beforeEach(() => {
    dir = tempDir();
  });
  const saved = (content: Uint8Array): string => {
    writeFileSync(join(dir, 'file'), content);
    return join(dir, 'file');
  };

  it('of a zip archive must have its directory', async () => {
    const zip = makeZip([{ name: 'a', data: 'x' }]);
    expect(await zipCheck.whole?.(saved(zip), zip.length, signal)).toBeUndefined();
    expect(await zipCheck.whole?.(saved(zip.subarray(0, -5)), zip.length - 5, signal)).toContain('cut off');
    expect(await netcdfOrZipCheck.whole?.(saved(zip.subarray(0, -5)), 1, signal)).toContain('cut off');
  });

  it('of a netCDF file is taken as it is', async () => {
    expect(await netcdfOrZipCheck.whole?.(saved(bytes('CDF\x01')), 4, signal)).toBeUndefined();
  });
});
