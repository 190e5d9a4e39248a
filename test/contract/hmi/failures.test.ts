import { tmpdir } from 'node:os';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { HmiRecord } from '../../../src/hmi/index.js';
import { client, collect, DAY, row, serve, serveDays, useServer } from './kit.js';

useServer();

it.each([
  ['a list', (list: unknown[]) => list],
  ['a set', (list: unknown[]) => new Set(list)],
  ['a generator', (list: unknown[]) => list.values()],
])('nothing is asked for where one element of %s is not a record', async (_what, source) => {
  serveDays({ '2015-12-11': [row('2015-12-11T01:00:00Z', 5_605_571)] });
  const hmi = client();
  const records = await hmi.query('hmi.sharp_720s', DAY).toArray();
  let asked = 0;
  serve('/HMI/hmi.sharp_720s/:recnum/:file', () => HttpResponse.json({ asked: (asked += 1) }, { status: 404 }));
  const wrong = source([...records, { files: 'none' }]) as Iterable<HmiRecord>;
  expect(() => hmi.download(wrong, tmpdir(), { onFailure: 'yield' })).toThrow(TypeError);
  expect(asked).toBe(0);
});

it('a file that is not there is reported with its record and segment', async () => {
  serveDays({ '2015-12-11': [row('2015-12-11T01:00:00Z', 5_605_571)] });
  serve('/HMI/hmi.sharp_720s/:recnum/:file', () => HttpResponse.json({ title: 'Not Found' }, { status: 404 }));
  const hmi = client();
  const options = { segments: ['magnetogram'], onFailure: 'yield' } as const;
  const [failed] = await collect(hmi.download(hmi.query('hmi.sharp_720s', DAY), tmpdir(), options));
  expect(failed).toMatchObject({
    status: 'failed',
    source: { segment: 'magnetogram', record: { recnum: 5_605_571 } },
    error: { message: expect.stringContaining('record hmi.sharp_720s 5605571, segment magnetogram') as string },
  });
});
