import { tmpdir } from 'node:os';
import { HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { client, collect, DAY, row, serve, serveDays, useServer } from './kit.js';

useServer();

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
