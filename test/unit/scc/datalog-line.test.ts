import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatLine, HEADER, parseLine, STEPS } from '../../../src/scc/station/datalog-line.js';
import { runs } from '../../support/full.js';

const whole = fc.record({
  time: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  file: fc.string({ minLength: 1 }).filter((text) => !/[\r\n]/u.test(text)),
  measurementId: fc.stringMatching(/^[a-z0-9]{1,15}$/u),
  step: fc.constantFrom(...STEPS),
  message: fc.string().filter((text) => !/[\r\n]/u.test(text)),
});

test('a line of a datalog is read as it was written, in one line', () => {
  fc.assert(
    fc.property(whole, (line) => {
      const text = formatLine(line);
      expect(text.trimEnd().includes('\n')).toBe(false);
      expect(parseLine(text.slice(0, -1))).toEqual(line);
    }),
    { numRuns: runs(200) },
  );
});

test('a message of several lines is written in one', () => {
  const line = { time: new Date(0), file: 'a.nc', step: 'failed', message: 'one\r\n  two' } as const;
  expect(formatLine(line)).toBe('1970-01-01T00:00:00.000Z,a.nc,,failed,one two\n');
});

test('a line that was cut off says nothing that was not written', () => {
  const line = {
    time: new Date(0),
    file: 'a, b.nc',
    measurementId: '20210601aky0930',
    step: 'done',
    message: '',
  } as const;
  const text = formatLine(line).trimEnd();
  for (let length = 0; length < text.length; length += 1) {
    const read = parseLine(text.slice(0, length));
    if (read !== undefined) expect(read).toEqual({ ...line, message: '' });
  }
});

test.each([HEADER, '', 'a,b', '2021-06-01,a.nc,id,perhaps,', ',,,done,', 'x"y,a.nc,id,done,'])(
  '%s is no line',
  (text) => {
    expect(parseLine(text)).toBeUndefined();
  },
);
