import { expect, test } from 'vitest';
import { NetworkError } from '../../../src/errors.js';
import { fieldsInCase, inCase } from '../../../src/cli/output/name-case.js';

test.each([
  ['dateStart', 'date_start'],
  ['lidarConstantStatErr', 'lidar_constant_stat_err'],
  ['sha256', 'sha256'],
  ['id', 'id'],
])('%s is %s in snake case, and back', (camel, snake) => {
  expect(inCase(camel, 'snake')).toBe(snake);
  expect(inCase(snake, 'camel')).toBe(camel);
  expect(inCase(camel, undefined)).toBe(camel);
});

test.each(['Measurement_ID', 'T_REC', 'Measurement ID', 'imap_mag_l1a.cdf', '2021'])(
  '%s is in neither, and stays',
  (name) => {
    expect([inCase(name, 'camel'), inCase(name, 'snake')]).toEqual([name, name]);
  },
);

test('values stay what JSON makes of them; errors are told as ever', () => {
  const error = new NetworkError('gone', { centre: 'imap', operation: 'imap.query' });
  const value = {
    dateStart: new Date(0),
    filesOfIt: [{ totalBytes: 1, missing: undefined }],
    error,
    other: new Error('x'),
  };
  expect(fieldsInCase(value, 'snake')).toEqual({
    date_start: '1970-01-01T00:00:00.000Z',
    files_of_it: [{ total_bytes: 1 }],
    error: JSON.parse(JSON.stringify(error)) as unknown,
    other: { name: 'Error', message: 'x' },
  });
  expect(fieldsInCase(value, undefined)).toBe(value);
});

test('names that a centre or a user gave stay', () => {
  const value = { equations: { myRatio: 'a' }, meta: { noaaAr: 1 }, raw: { fileName: 'x' } };
  expect(fieldsInCase(value, 'snake')).toEqual(value);
});
