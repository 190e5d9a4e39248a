import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCC, type SccCredentials } from '../../../src/scc/index.js';
import { simulateScc } from '../../../src/testing/scc/simulate.js';
import { errorIfAny } from '../../support/rejection.js';
import { RAW } from './kit.js';
import { runs } from '../../support/full.js';

const DONE = '20210630aky0900';
const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01' } as const;

/** A password as people and generators make them: all that HTML, forms, JSON, URLs and Basic treat in their own way. */
const secret = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from('"\'<>&%:+=/\\#?;@ {}$[]|`~^*()')),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
    ),
    {
      minLength: 4,
      maxLength: 14,
    },
  )
  // Recognisable, and told from ordinary text.
  .map((parts) => `q7${parts.join('')}z9`);
const credentials: fc.Arbitrary<SccCredentials> = fc.record({
  httpAuthUser: fc.constant('site-user'),
  httpAuthPassword: secret,
  username: fc.oneof(fc.constant('me'), secret),
  password: secret,
});

const CALLS: ((scc: SCC) => Promise<unknown>)[] = [
  (scc) => scc.login(),
  (scc) => scc.getMeasurement(DONE),
  (scc) => scc.queryMeasurements(june).toArray(),
  (scc) => scc.listMeasurements().toArray(),
  (scc) => scc.getLidarConstants(june).toArray(),
  (scc) => scc.getAncillary('rs_a.nc', 'sounding'),
  (scc) => scc.nextMeasurementId('2021-06-30', 'aky'),
  (scc) => scc.uploadFile(RAW, 437, { force: true }),
  (scc) => scc.rerunProcessing(DONE),
  (scc) => scc.rerunProcessing(DONE, { from: 'elpp' }),
  (scc) => scc.deleteMeasurement(DONE),
  (scc) => scc.downloadProducts(DONE, '/nonexistent-folder/x', { products: ['elpp'] }).toArray(),
  (scc) => scc.openProduct(DONE, 'elpp'),
  (scc) => scc.waitForProcessing(DONE, { pollIntervalMs: 1, deadlineMs: 20 }),
  (scc) => scc.logout(),
];

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

/** Pages that show the secrets where the client reads words. */
const ECHOES: Readonly<Record<string, (words: string) => Response>> = {
  'an error page': (words) =>
    new Response(`<h1>Error</h1><p>${escaped(words)}</p>`, { status: 500, headers: { 'content-type': 'text/html' } }),
  'a refusal': (words) =>
    new Response(`<p>${escaped(words)}</p>`, { status: 403, headers: { 'content-type': 'text/html' } }),
  'an alert box': (words) =>
    new Response(
      `<div class="alert-box alert"><p>${escaped(words)}</p></div><form><input type="file" name="data" id="id_data"></form>`,
      {
        headers: { 'content-type': 'text/html' },
      },
    ),
  'a message list': (words) =>
    new Response(`<ul class="grp-messagelist"><li class="grp-warning">${escaped(words)}</li></ul>`, {
      headers: { 'content-type': 'text/html' },
    }),
  'a protected list': (words) =>
    new Response(`<div class="grp-group"><ul class="grp-nested-list"><li>${escaped(words)}</li></ul></div>`, {
      headers: { 'content-type': 'text/html' },
    }),
  'a filled login form': (words) =>
    new Response(
      `<form><p>${escaped(words)}</p><input name="username" value="${escaped(words)}"><input type="password" name="password" value="${escaped(words)}"></form>`,
      {
        headers: { 'content-type': 'text/html' },
      },
    ),
  JSON: (words) =>
    Response.json({
      id: words,
      start: words,
      stop: words,
      objects: [{ id: words, filename: words }],
      meta: { next: `http://${encodeURIComponent(words)}/` },
    }),
  'plain text': (words) => new Response(`${'x'.repeat(490)} ${words}`, { headers: { 'content-type': 'text/plain' } }),
  'a redirect': (words) =>
    new Response(null, {
      status: 302,
      headers: { location: `https://elsewhere.invalid/?password=${encodeURIComponent(words)}` },
    }),
};

describe('credentials', () => {
  it('of any letters log in, on every Django (pitfall 40)', async () => {
    await fc.assert(
      fc.asyncProperty(credentials, fc.constantFrom('legacy', '3.2', '5.2', 'main'), async (account, profile) => {
        const sim = simulateScc({ credentials: account, profile });
        const scc = new SCC(account, { baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0 });
        await scc.login();
        expect(sim.sessionCount).toBe(1);
        await scc.close();
        expect(sim.sessionCount).toBe(0);
      }),
      { numRuns: runs(60) },
    );
  });

  it.each(Object.entries(ECHOES))(
    'and cookies are in no error and no log line, although the site shows them in %s (pitfall 42)',
    { timeout: 120_000 },
    async (_where, echo) => {
      await fc.assert(
        fc.asyncProperty(credentials, fc.constantFrom(...CALLS), fc.nat(5), async (account, call, skip) => {
          const sim = simulateScc({
            credentials: account,
            data: { measurements: [{ id: DONE, statuses: { upload: 127, elpp: 127 } }] },
          });
          const lines: string[] = [];
          const log = (message: string, fields?: unknown): void =>
            void lines.push(message, inspect(fields), JSON.stringify(fields) ?? '');
          const logger = { debug: log, info: log, warn: log, error: log };
          const scc = new SCC(account, { baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0, logger });
          const basic = Buffer.from(`${account.httpAuthUser}:${account.httpAuthPassword}`).toString('base64');
          const cookies = (): string[] =>
            sim.requests
              .flatMap(({ headers }) =>
                (headers.get('cookie') ?? '').split('; ').flatMap((pair) => pair.split('=').slice(1)),
              )
              .filter((value) => value.length > 8);
          sim.faults.add({
            route: '*',
            skip,
            times: 3,
            fault: {
              kind: 'replace',
              response: () =>
                echo([account.password, account.httpAuthPassword, basic, ...cookies().slice(-2)].join(' , ')),
            },
          });
          const error = await errorIfAny(call(scc));
          await scc.close();
          const own =
            error instanceof Error
              ? [
                  inspect(error, { depth: 9, showHidden: true }),
                  JSON.stringify(error),
                  error.stack ?? '',
                  error.message,
                ]
              : [];
          const fields =
            typeof error === 'object' && error !== null
              ? Object.values(error)
                  .flat()
                  .map((value: unknown) => (typeof value === 'string' ? value : ''))
              : [];
          const shown = [...lines, ...own, ...fields].join('\n');
          for (const hidden of [account.password, account.httpAuthPassword, basic, ...cookies()]) {
            for (const spelling of [
              hidden,
              encodeURIComponent(hidden),
              escaped(hidden),
              JSON.stringify(hidden).slice(1, -1),
              hidden.replace(/\s+/gu, ' '),
            ])
              expect(shown.includes(spelling), `${JSON.stringify(spelling)} in ${shown}`).toBe(false);
          }
        }),
        { numRuns: runs(60) },
      );
    },
  );
});
