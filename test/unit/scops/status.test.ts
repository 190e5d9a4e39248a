import { afterEach, describe, expect, test, vi } from 'vitest';
import { readProduct, type ProductRecord, readStage, stageRank } from '../../../src/scops/status/product.js';
import { describe as inWords, hasChanged, hasEnded, summarise } from '../../../src/scops/status/summary.js';
import { StatusTracker } from '../../../src/scops/status/tracker.js';
import type { ScopsStatus } from '../../../src/scops/index.js';

afterEach(() => vi.useRealTimers());
const record = (change: Partial<ProductRecord> = {}): ProductRecord => ({
  name: 'f21701',
  stage: 'aplmap',
  progress: 60,
  flag: false,
  ...change,
});
const status = (...records: Partial<ProductRecord>[]): ScopsStatus =>
  summarise(
    'id',
    records.map((one, at) => readProduct(record({ name: `f${at}`, ...one }))),
  );

test.each([
  ['Waiting to process', 'waiting', 0, false],
  ['waiting', 'waiting', 0, false],
  ['initialising', 'waiting', 0, false],
  ['not processing', 'not-processing', 0, false],
  ['aplmask', 'masking', 0, false],
  ['Masking', 'masking', 0, false],
  ['APLCORR', 'geocorrection', 15, false],
  ['Geo-correction', 'geocorrection', 15, false],
  ['apltran', 'translating', 30, false],
  ['Translating', 'translating', 30, false],
  ['aplmap', 'mapping', 45, false],
  ['Mapping', 'mapping', 45, false],
  ['waiting to zip', 'zipping', 95, false],
  ['Zipping', 'zipping', 95, false],
  ['complete', 'complete', 100, false],
  ['Complete', 'complete', 100, false],
  ['ERROR - aplmap', 'mapping', 45, true],
  ['ERROR - projection not identified', 'waiting', 0, true],
  ['ERROR - something new', 'unknown', 0, true],
  ['sharpening', 'unknown', 0, false],
])('the stage text %j is %s', (text, stage, from, error) => {
  expect(readStage(text)).toMatchObject({ stage, from, error });
});

test('stages have an order', () => {
  expect(stageRank('mapping')).toBeGreaterThan(stageRank('masking'));
  expect(stageRank('unknown')).toBe(-1);
});

describe('pitfall 9: the stage decides', () => {
  test.each([0, 57.5, 95, 250, NaN])('complete at %d is 100', (progress) => {
    expect(readProduct(record({ stage: 'complete', progress }))).toMatchObject({ state: 'complete', percent: 100 });
  });
  test('a flag that stuck does not make a complete product fail', () => {
    expect(readProduct(record({ stage: 'Complete', flag: true }))).toMatchObject({ state: 'complete', failed: false });
  });
  test('a flag tells a failure where the label does not', () => {
    expect(readProduct(record({ stage: 'Mapping', flag: true }))).toMatchObject({ state: 'failed', stage: 'mapping' });
    expect(readProduct(record({ stage: 'ERROR - aplmap' }))).toMatchObject({ state: 'failed', failed: true });
  });
  test('percentages stay within their stage', () => {
    expect(readProduct(record({ progress: 3 })).percent).toBe(45);
    expect(readProduct(record({ progress: 1000 })).percent).toBe(95);
    expect(readProduct(record({ stage: 'zipping', progress: 100 })).percent).toBe(99);
    expect(readProduct(record({ stage: 'new', progress: 50 }))).toMatchObject({ state: 'unknown', percent: 50 });
  });
  test('units may be the number 0, sizes come in MB and GB', () => {
    expect(readProduct(record({ filesize: 0, bytesize: 0 }))).not.toHaveProperty('approximateBytes');
    expect(readProduct(record({ filesize: 2, bytesize: 'MB', zipsize: 1.5, zipbyte: 'GB' }))).toMatchObject({
      approximateBytes: 2 * 1024 ** 2,
      approximateZipBytes: 1.5 * 1024 ** 3,
    });
  });
});

test.each<[string, Partial<ProductRecord>[]]>([
  ['empty', []],
  ['queued', [{ stage: 'waiting' }, { stage: 'waiting' }]],
  ['running', [{ stage: 'waiting' }, {}]],
  ['running', [{ stage: 'complete' }, { stage: 'waiting' }]],
  ['running', [{ stage: 'something' }]],
  ['complete', [{ stage: 'complete' }, { stage: 'complete' }]],
  ['complete', [{ stage: 'complete' }, { stage: 'not processing' }]],
  ['partial', [{ stage: 'complete' }, { stage: 'ERROR - aplmap' }]],
  ['failed', [{ stage: 'ERROR - aplmap' }]],
  ['running', [{ stage: 'ERROR - aplmap' }, { stage: 'aplmap' }]],
])('an order is %s by its products', (state, records) => {
  const found = status(...records);
  expect(found.state).toBe(state);
  expect(hasEnded(found)).toBe(['complete', 'partial', 'failed'].includes(state));
  expect(inWords(found)).not.toBe('');
});

test('a change is one of stage, percentage or size', () => {
  expect(hasChanged(status({}), status({}))).toBe(false);
  expect(hasChanged(status({}), status({ progress: 61 }))).toBe(true);
  expect(hasChanged(status({}), status({ stage: 'zipping' }))).toBe(true);
});

describe('following', () => {
  test('percentages do not fall back within a run, but do when it is started again', () => {
    const tracker = new StatusTracker(1e9);
    const percent = (one: Partial<ProductRecord>): number => tracker.follow(status(one)).products[0]!.percent;
    expect(percent({ progress: 80 })).toBe(80);
    expect(percent({ progress: 45 })).toBe(80);
    expect(percent({ stage: 'zipping', progress: 0 })).toBe(95);
    expect(percent({ stage: 'Waiting to process', progress: 0 })).toBe(0);
  });

  test('pitfalls 10 and 28: what does not move for long is stalled until it moves', () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const tracker = new StatusTracker(60_000);
    const look = (one: Partial<ProductRecord>): string => tracker.follow(status(one)).products[0]!.state;
    expect(look({ stage: 'waiting' })).toBe('queued');
    vi.advanceTimersByTime(59_000);
    expect(look({ stage: 'waiting' })).toBe('queued');
    vi.advanceTimersByTime(1_000);
    expect(look({ stage: 'waiting' })).toBe('stalled');
    expect(tracker.follow(status({ stage: 'waiting' })).state).toBe('stalled');
    expect(look({ stage: 'aplmask' })).toBe('running');
    vi.advanceTimersByTime(30_000);
    expect(look({ stage: 'aplmask', filesize: 3, bytesize: 'MB' })).toBe('running');
    vi.advanceTimersByTime(59_000);
    expect(look({ stage: 'aplmask', filesize: 3, bytesize: 'MB' })).toBe('running');
    vi.advanceTimersByTime(10_000_000);
    expect(look({ stage: 'complete' })).toBe('complete');
    vi.advanceTimersByTime(10_000_000);
    expect(look({ stage: 'complete' })).toBe('complete');
  });
});
