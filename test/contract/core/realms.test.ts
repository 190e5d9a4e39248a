import vm from 'node:vm';
import { expect, test } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';

/** Test runners give the program under test classes of their own, so `instanceof Date` is false there. */
const [from, to] = vm.runInNewContext('[new Date("2021-06-01T12:00:00Z"), new Date("2021-06-02T12:00:00Z")]') as [
  Date,
  Date,
];
const own = [new Date(from.getTime()), new Date(to.getTime())] as const;

/** The addresses that a call asks for; what it makes of the answer is not the matter here. */
async function asked(call: (fetch: typeof globalThis.fetch) => Promise<unknown>): Promise<string[]> {
  const urls: string[] = [];
  await call(async (input) => {
    urls.push(input instanceof Request ? input.url : String(input));
    return new Response('[]', { headers: { 'content-type': 'application/json' } });
  }).catch((error: unknown) => {
    if (error instanceof TypeError) throw error;
  });
  return urls;
}

const options = { baseUrl: 'http://127.0.0.1:9/', retries: 0 };
const logins = { httpAuthUser: 'site', httpAuthPassword: 'site-word', username: 'me', password: 'my-word' };

test.each<[string, (start: Date, end: Date, fetch: typeof globalThis.fetch) => Promise<unknown>]>([
  ['hmi.query', (start, end, fetch) => new HmiClient({ ...options, fetch }).query('s', { start, end }).toArray()],
  ['hmi.nearest', (start, _end, fetch) => new HmiClient({ ...options, fetch }).nearest('s', start)],
  ['hmi.latest', (before, _end, fetch) => new HmiClient({ ...options, fetch }).latest('s', { before })],
  [
    'imap.query',
    (startDate, ingestionEndDate, fetch) =>
      new ImapClient({ ...options, fetch, apiKey: 'some-key' }).query({
        instrument: 'mag',
        startDate,
        ingestionEndDate,
      }),
  ],
  [
    'imap.spiceQuery',
    (startTime, endTime, fetch) =>
      new ImapClient({ ...options, fetch, apiKey: 'some-key' }).spiceQuery({ type: 'leapseconds', startTime, endTime }),
  ],
  [
    'scc.queryMeasurements',
    (dateStart, dateEnd, fetch) =>
      new SCC(logins, { ...options, fetch }).queryMeasurements({ dateStart, dateEnd }).toArray(),
  ],
])('%s takes dates of another realm like its own', async (_name, call) => {
  const wanted = await asked((fetch) => call(...own, fetch));
  expect(wanted.length).toBeGreaterThan(0);
  expect(await asked((fetch) => call(from, to, fetch))).toEqual(wanted);
});
