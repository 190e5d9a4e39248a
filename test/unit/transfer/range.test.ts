import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContentRange } from '../../../src/core/http/response.js';
import { bodyBytes, judgeRange, rangeHeaders, strongValidator } from '../../../src/core/transfer/body/range.js';

const headers = (values: Record<string, string> = {}): Headers => new Headers(values);

describe('Content-Range', () => {
  it.each([
    ['bytes 0-9/10', { start: 0, end: 9, totalBytes: 10 }],
    ['Bytes 5-9/*', { start: 5, end: 9 }],
    ['  bytes 5-9/10 ', { start: 5, end: 9, totalBytes: 10 }],
    ['bytes */10', { totalBytes: 10 }],
    ['bytes */*', undefined],
    ['bytes 9-5/10', undefined],
    ['bytes 0-10/10', undefined],
    ['bytes 0-9/99999999999999999999', undefined],
    ['items 0-9/10', undefined],
    ['bytes=0-9/10', undefined],
    ['', undefined],
    [null, undefined],
  ])('%j is %j', (header, expected) => {
    expect(parseContentRange(header)).toEqual(expected);
  });

  it('is read back from what any server writes', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), (start, more, rest) => {
        const end = start + more;
        const totalBytes = end + 1 + rest;
        expect(parseContentRange(`bytes ${start}-${end}/${totalBytes}`)).toEqual({ start, end, totalBytes });
      }),
    );
  });

  it('never breaks on any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const range = parseContentRange(text);
        if (range?.end !== undefined) expect(range.end).toBeGreaterThanOrEqual(range.start ?? Infinity);
      }),
    );
  });
});

describe('the length of a body', () => {
  it.each([
    [{ 'content-length': '12' }, 12],
    [{ 'content-length': '12', 'content-encoding': 'identity' }, 12],
    [{ 'content-length': '12', 'content-encoding': 'gzip' }, undefined],
    [{ 'content-length': '-1' }, undefined],
    [{ 'content-length': '1e3' }, undefined],
    [{ 'content-length': '99999999999999999999' }, undefined],
    [{}, undefined],
  ])('%j says %j', (values, expected) => {
    expect(bodyBytes(headers(values))).toBe(expected);
  });
});

describe('a validator', () => {
  const changed = 'Tue, 01 Jun 2021 00:00:00 GMT';
  it.each([
    ['a strong tag', { etag: '"a"' }, '"a"'],
    ['an empty strong tag', { etag: '""' }, '""'],
    ['a weak tag', { etag: 'W/"a"' }, undefined],
    [
      'a weak tag beside a date',
      { etag: 'W/"a"', 'last-modified': changed, date: 'Wed, 02 Jun 2021 00:00:00 GMT' },
      undefined,
    ],
    ['a tag without quotes', { etag: 'a' }, undefined],
    ['an old date', { 'last-modified': changed, date: 'Tue, 01 Jun 2021 00:01:00 GMT' }, changed],
    ['a fresh date', { 'last-modified': changed, date: 'Tue, 01 Jun 2021 00:00:59 GMT' }, undefined],
    ['a date without a clock to compare', { 'last-modified': changed }, undefined],
    ['no date at all', { 'last-modified': 'once', date: changed }, undefined],
    ['a tag of a compressed body', { etag: '"a"', 'content-encoding': 'gzip' }, undefined],
    ['nothing', {}, undefined],
  ])('%s', (_what, values, expected) => {
    expect(strongValidator(headers(values))).toBe(expected);
  });
});

describe('a request for the rest', () => {
  it('is made only with bytes and a validator', () => {
    expect(rangeHeaders({ fromBytes: 5, validator: '"a"' })).toEqual({ range: 'bytes=5-', 'if-range': '"a"' });
    expect(rangeHeaders({ fromBytes: 0, validator: '"a"' })).toEqual({});
    expect(rangeHeaders({ fromBytes: 5 })).toEqual({});
  });
});

describe('an answer to a request for the rest', () => {
  const asked = { fromBytes: 5, validator: '"a"', totalBytes: 10 };
  const dates = { 'last-modified': 'Tue, 01 Jun 2021 00:00:00 GMT', date: 'Wed, 02 Jun 2021 00:00:00 GMT' };
  it.each([
    [200, { 'content-length': '10' }, { kind: 'whole', totalBytes: 10 }],
    [200, {}, { kind: 'whole' }],
    [206, { 'content-range': 'bytes 5-9/10', etag: '"a"' }, { kind: 'rest', endBytes: 10, totalBytes: 10 }],
    [206, { 'content-range': 'bytes 5-9/*', etag: '"a"' }, { kind: 'rest', endBytes: 10, totalBytes: 10 }],
    [206, { 'content-range': 'bytes 5-7/*', etag: '"a"' }, { kind: 'rest', endBytes: 8, totalBytes: 10 }],
    [206, { 'content-range': 'bytes 5-7/10', etag: '"a"' }, { kind: 'rest', endBytes: 8, totalBytes: 10 }],
  ])('%j with %j is %j', (status, values, expected) => {
    expect(judgeRange(asked, { status, headers: headers(values) })).toEqual(expected);
  });

  it.each([
    [206, { 'content-range': 'bytes 4-9/10', etag: '"a"' }],
    [206, { 'content-range': 'bytes 0-9/10', etag: '"a"' }],
    [206, { 'content-range': 'bytes 6-9/10', etag: '"a"' }],
    [206, { 'content-range': 'bytes */10', etag: '"a"' }],
    [206, { etag: '"a"' }],
    [206, { 'content-range': 'bytes 5-9/11', etag: '"a"' }],
    [206, { 'content-range': 'bytes 5-10/*', etag: '"a"' }],
    [206, { 'content-range': 'bytes 5-9/10', etag: '"a"', 'content-length': '6' }],
    [206, { 'content-range': 'bytes 5-9/10', etag: '"a"', 'content-encoding': 'gzip' }],
    // The rest of another version, or of nobody knows which: a 206 repeats the validator that was asked for.
    [206, { 'content-range': 'bytes 5-9/10', etag: '"b"' }],
    [206, { 'content-range': 'bytes 5-9/10', etag: 'W/"a"' }],
    [206, { 'content-range': 'bytes 5-9/10' }],
    [206, { 'content-range': 'bytes 5-9/10', ...dates }],
    [416, { 'content-range': 'bytes */5', etag: '"a"' }],
    [416, { 'content-range': 'bytes */5' }],
    [416, { 'content-range': 'bytes */4', etag: '"a"' }],
    [416, { 'content-range': 'bytes */5', etag: '"b"' }],
    [416, {}],
  ])('%j with %j means starting over', (status, values) => {
    expect(judgeRange(asked, { status, headers: headers(values) }).kind).toBe('restart');
  });

  it.each([
    [dates, 'rest'],
    [{ ...dates, etag: '"a"' }, 'rest'],
    [{ ...dates, 'last-modified': 'Tue, 01 Jun 2021 00:00:01 GMT' }, 'restart'],
    [{ date: dates.date }, 'restart'],
    [{ etag: '"a"' }, 'restart'],
  ])('to one that was asked for by its date, with %j, is %s', (values, kind) => {
    const byDate = { ...asked, validator: dates['last-modified'] };
    const partial = headers({ 'content-range': 'bytes 5-9/10', ...values });
    expect(judgeRange(byDate, { status: 206, headers: partial }).kind).toBe(kind);
  });

  it('is that nothing is missing only where this is the length that was told before, if any was', () => {
    const head = { status: 416, headers: headers({ 'content-range': 'bytes */5', etag: '"a"' }) };
    const complete = { kind: 'complete', totalBytes: 5 };
    expect(judgeRange({ fromBytes: 5, validator: '"a"' }, head)).toEqual(complete);
    expect(judgeRange({ fromBytes: 5, validator: '"a"', totalBytes: 5 }, head)).toEqual(complete);
    expect(judgeRange({ fromBytes: 5, validator: '"a"', totalBytes: 10 }, head).kind).toBe('restart');
  });

  it('means starting over where nobody says how long the whole is', () => {
    const part = { fromBytes: 5, validator: '"a"' };
    const partial = (range: string) =>
      judgeRange(part, { status: 206, headers: headers({ 'content-range': range, etag: '"a"' }) });
    expect(partial('bytes 5-9/*').kind).toBe('restart');
    expect(partial('bytes 5-9/12')).toEqual({ kind: 'rest', endBytes: 10, totalBytes: 12 });
  });

  it('is never joined to the part unless it starts where the part ends', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.nat(1000), fc.nat(1000), (fromBytes, start, more) => {
        const range = `bytes ${start}-${start + more}/${start + more + 1}`;
        const verdict = judgeRange(
          { fromBytes, validator: '"a"' },
          { status: 206, headers: headers({ 'content-range': range, etag: '"a"' }) },
        );
        expect(verdict.kind === 'rest').toBe(start === fromBytes);
      }),
    );
  });
});

describe('an answer to a request for the whole', () => {
  it.each([
    [206, { 'content-range': 'bytes 0-9/10' }, 'whole'],
    [206, { 'content-range': 'bytes 0-9/20' }, 'invalid'],
    [206, { 'content-range': 'bytes 0-9/*' }, 'invalid'],
    [206, {}, 'invalid'],
    [416, { 'content-range': 'bytes */0', etag: '"a"' }, 'invalid'],
    [200, {}, 'whole'],
  ])('%j with %j is %s', (status, values, kind) => {
    expect(judgeRange({ fromBytes: 0 }, { status, headers: headers(values) }).kind).toBe(kind);
  });
});
