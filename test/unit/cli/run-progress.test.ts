import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { showRun } from '../../../src/cli/io/run-progress.js';
import { RunTotals } from '../../../src/cli/io/run-totals.js';
import type { Terminal } from '../../../src/cli/io/terminal.js';
import type { TransferProgress } from '../../../src/types.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (seconds: number): void => void vi.advanceTimersByTime(seconds * 1000);
const report = (name: string, bytes: number, more: Partial<TransferProgress> = {}): TransferProgress => ({
  name,
  bytes,
  totalBytes: 1000,
  resumedFromBytes: 0,
  filesDone: 0,
  filesTotal: 4,
  ...more,
});

test('adds up the bytes of all files, tells their rate, and how long the rest takes at this pace', () => {
  const totals = new RunTotals();
  totals.take(report('a', 0));
  pass(10);
  totals.take(report('a', 500));
  totals.take(report('b', 500));
  expect(totals.share).toBe(0.25);
  expect(totals.text).toBe('0/4 files, 1.0 kB, 100 B/s, 30 s left');
  pass(10);
  totals.take(report('a', 1000));
  totals.take(report('a', 1000, { filesDone: 1 }));
  expect(totals.text).toBe('1/4 files, 1.5 kB, 75 B/s, 33 s left');
  for (const [at, name] of ['b', 'c', 'd'].entries()) totals.take(report(name, 1000, { filesDone: at + 2 }));
  expect(totals.share).toBe(1);
  expect(totals.text).toBe('4/4 files, 4.0 kB, 200 B/s');
});

test('the rate is that of the last half minute', () => {
  const totals = new RunTotals();
  for (let second = 1; second <= 100; second += 1) {
    pass(1);
    totals.take(report('a', Math.min(second, 40) * 1000, { totalBytes: 1_000_000 }));
  }
  expect(totals.text).toMatch(/^0\/4 files, 40\.0 kB, 0 B\/s, /u);
});

test('what was there before, of a file or as a whole, did not come; a body that begins once more counts once', () => {
  const totals = new RunTotals();
  pass(1);
  totals.take(report('a', 700, { resumedFromBytes: 600 }));
  totals.take({ name: 'there', bytes: 9000, resumedFromBytes: 0, filesDone: 1, filesTotal: 4 });
  expect(totals.text).toMatch(/^1\/4 files, 100 B, /u);
  totals.take(report('b', 900));
  totals.take(report('b', 200));
  expect(totals.text).toMatch(/^1\/4 files, 300 B, /u);
});

test('a body of unknown length counts as it comes', () => {
  const totals = new RunTotals();
  const unknown = (bytes: number, filesDone: number): TransferProgress => ({
    name: 'a',
    bytes,
    resumedFromBytes: 0,
    filesDone,
  });
  totals.take(unknown(100, 0));
  totals.take(unknown(250, 0));
  totals.take(unknown(300, 1));
  expect(totals.text).toBe('1 file, 300 B');
  expect(totals.share).toBe(0);
});

test('elsewhere than on a terminal a line is said every half minute, and none with --silent', () => {
  const lines: string[] = [];
  const terminal = { errIsTerminal: false, out: () => undefined, err: () => undefined } as unknown as Terminal;
  const note = (line: string): void => void lines.push(line);
  const { onProgress } = showRun(terminal, 'mirroring', false, note);
  const silent = showRun(terminal, 'mirroring', true, note);
  for (let second = 1; second <= 70; second += 1) {
    pass(1);
    onProgress(report('a', second * 10));
    silent.onProgress(report('a', second * 10));
  }
  expect(lines).toEqual([
    'mirroring: 0/4 files, 300 B, 10 B/s, 6.2 min left',
    'mirroring: 0/4 files, 600 B, 10 B/s, 5.7 min left',
  ]);
});
