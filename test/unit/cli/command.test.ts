import { describe, expect, test } from 'vitest';
import {
  NetworkError,
  NotFoundError,
  ConfigError,
  WrongCredentials,
  AlreadyExists,
  TransferError,
} from '../../../src/errors.js';
import { programSpec } from '../../../src/cli/commands.js';
import { commonExitCode, exitCodeOf } from '../../../src/cli/command/exit-codes.js';
import { Outcome } from '../../../src/cli/command/outcome.js';
import { summaryOf } from '../../../src/cli/command/messages.js';
import { Cancelled } from '../../../src/cli/io/prompt.js';
import { csvText, parseCsv } from '../../../src/cli/output/csv.js';
import { readableText } from '../../../src/cli/output/columns.js';
import { size } from '../../../src/cli/output/size.js';
import { tableText } from '../../../src/cli/output/table.js';
import { INSTRUMENTS, RELEASE_TYPES, TABLES } from '../../../src/cli/imap/words.js';
import * as imap from '../../../src/imap/index.js';

const init = { centre: 'scc', operation: 'scc.test' } as const;

test.each([
  [new NotFoundError('x', init), 3],
  [new WrongCredentials('x', { ...init, layer: 'site' }), 4],
  [new AlreadyExists('x', init), 5],
  [new NetworkError('x', init), 75],
  [new TransferError('x', { ...init, retryable: true }), 75],
  [new TransferError('x', init), 1],
  [new ConfigError('x', init), 2],
  [new TypeError('x'), 2],
  [new Cancelled(), 130],
  [new Error('x'), 1],
])('exit code of %s is %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test('several failures share an exit code only where they agree', () => {
  expect(commonExitCode([new NotFoundError('x', init), new NotFoundError('y', init)])).toBe(3);
  expect(commonExitCode([new NotFoundError('x', init), new NetworkError('y', init)])).toBe(1);
});

test('the summary counts everything and names each failure', async () => {
  const outcome = new Outcome();
  const { signal } = new AbortController();
  await outcome.attempt('good', signal, () => Promise.resolve(1));
  await outcome.attempt('bad', signal, () => Promise.reject(new Error('broken')));
  expect(summaryOf(outcome.failures, outcome.total)).toBe('1 of 2 failed:\n  bad: broken');
});

test('an abort is no failure of a part: it ends everything', async () => {
  const controller = new AbortController();
  const outcome = new Outcome();
  const work = outcome.attempt('part', controller.signal, () => {
    controller.abort(new Error('stop'));
    return Promise.reject(new Error('broken'));
  });
  await expect(work).rejects.toThrow('stop');
  expect(outcome.failures).toEqual([]);
});

describe('output', () => {
  const columns = [
    { name: 'name', title: 'Name', value: ({ name }: { name: string }) => name },
    { name: 'empty', value: () => undefined },
    { name: 'at', value: () => new Date('2021-06-01T09:30:15.250Z') },
  ];

  test('CSV quotes every cell and survives quotes, commas and lines', () => {
    const rows = [{ name: 'a "b", c\nd' }];
    const text = csvText(columns, rows);
    expect(text).toBe('"name","empty","at"\n"a ""b"", c\nd","","2021-06-01T09:30:15.250Z"\n');
    expect(parseCsv(text)).toEqual([{ name: 'a "b", c\nd', empty: '', at: '2021-06-01T09:30:15.250Z' }]);
  });

  test('a table has a header, a rule and no blanks at the end of its lines', () => {
    const text = tableText(columns, [{ name: 'first' }, { name: 'x' }]);
    expect(text).toBe(
      'Name   empty  at\n-----  -----  ----------------\nfirst         2021-06-01 09:30\nx             2021-06-01 09:30\n',
    );
    expect(tableText(columns, [])).toBe('Name  empty  at\n----  -----  --\n');
  });

  test.each([
    [true, 'yes'],
    [false, 'no'],
    [undefined, ''],
    [0, '0'],
  ])('a table shows %s as "%s"', (cell, text) => {
    expect(readableText(cell)).toBe(text);
  });

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [5_500_000_000, '5.5 GB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(size(bytes)).toBe(text);
  });
});

test('the words that help and completion know are those of the clients', () => {
  expect(INSTRUMENTS).toEqual(imap.INSTRUMENTS);
  expect(TABLES).toEqual([...imap.TABLES, 'spice']);
  expect(RELEASE_TYPES).toEqual(imap.RELEASE_TYPES);
});

test('no two commands of a centre share a name', () => {
  for (const { commands } of programSpec(() => Promise.resolve(0)).groups) {
    const names = commands.flatMap(({ name, aliases = [] }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  }
});

test('every command has an example that begins with its own name', () => {
  const { groups, commands } = programSpec(() => Promise.resolve(0));
  const lines = [
    ...groups.flatMap(({ name, commands: own }) =>
      own.map((command) => [`sdc ${name} ${command.name}`, command] as const),
    ),
    ...commands.map((command) => [`sdc ${command.name}`, command] as const),
  ];
  for (const [start, { examples }] of lines) {
    expect(examples.length, start).toBeGreaterThan(0);
    for (const [line] of examples) expect(line).toContain(start);
  }
});
