import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { isSdcError } from '../../../src/errors.js';
import { rejection } from '../../support/rejection.js';
import { reply, site } from './fake-site.js';

const first = await readFile(new URL('../../fixtures/scc/changelist-5.2.html', import.meta.url), 'utf8');
const range = { dateStart: '2022-05-16', dateEnd: '2022-05-19' };

describe('a changelist page', () => {
  it('gives its readable rows, and a warning for each that is not (pitfall 24)', async () => {
    const { scc } = site(({ url }) => (url.pathname === '/admin/database/measurements/' ? reply(first) : undefined));
    const pages = [];
    for await (const page of scc.queryMeasurements(range).byPage()) {
      pages.push(page);
      break;
    }
    const [page] = pages;
    expect(page?.page).toBe(1);
    expect(page?.pageCount).toBe(3);
    expect(page?.totalCount).toBe(212);
    expect(page?.items.map(({ id }) => id)).toEqual(['20220516aky0100', '20220516aky0200', '20220516aky0300']);
    expect(page?.warnings[0]).toMatch(/20220516aky0200.*start/u);
    expect(page?.warnings.every((warning) => warning.includes('20220516aky0200'))).toBe(true);
    const [one, two, three] = page?.items ?? [];
    expect(two?.dateStart).toBeUndefined();
    expect(two?.dateEnd).toEqual(new Date('2022-05-16T03:00:00Z'));
    expect(one).toMatchObject({
      stationCode: 'aky',
      dateStart: new Date('2022-05-16T01:00:00Z'),
      dateEnd: new Date('2022-05-16T02:00:00Z'),
      dateCreation: new Date('2022-05-16T04:12:00Z'),
      isProcessing: false,
    });
    expect(one?.dateUpdated).toBeUndefined();
    expect(Object.entries(one?.products ?? {}).map(([module, { status }]) => `${module} ${status}`)).toEqual([
      'upload ok',
      'hirelpp ok',
      'cloudmask ok',
      'elpp ok',
      'elda error',
      'eldec not-run',
      'elic unknown',
      'elquick unknown',
    ]);
    expect(three).toMatchObject({
      stationCode: 'aky',
      isProcessing: true,
      products: { upload: { status: 'ok' }, elpp: { status: 'unknown' } },
    });
  });

  it('is followed by the link of the page itself, never by a computed number (pitfall 8)', async () => {
    const { scc, calls } = site(({ url }) => {
      if (url.pathname !== '/admin/database/measurements/') return undefined;
      const p = url.searchParams.get('p');
      if (p === null) return reply(first);
      const links =
        p === '2'
          ? '<a href="?p=7&amp;start__gte=2022-05-16+00%3A00%3A00&amp;start__lt=2022-05-19+00%3A00%3A00">3</a>'
          : '';
      return reply(
        `<nav class="grp-pagination"><ul><li><span class="this-page">${p === '2' ? 2 : 3}</span></li>${links}</ul></nav>`,
      );
    });
    const all = await scc.queryMeasurements(range).toArray();
    expect(all).toHaveLength(3);
    expect(calls.filter((call) => call.includes('database')).map((call) => /[?&]p=(\d+)/u.exec(call)?.[1])).toEqual([
      undefined,
      '2',
      '7',
    ]);
  });

  it('that is the unfiltered list of ?e=1 is refused (pitfall 8)', async () => {
    const { scc } = site(({ url }) => {
      if (url.pathname !== '/admin/database/measurements/') return undefined;
      return url.searchParams.has('e') ? reply(first) : reply('', { status: 302, headers: { location: '?e=1' } });
    });
    await expect(scc.queryMeasurements(range).toArray()).rejects.toMatchObject({ code: 'rejected' });
  });

  it('with rows outside the asked range is refused', async () => {
    const { scc } = site(({ url }) => (url.pathname === '/admin/database/measurements/' ? reply(first) : undefined));
    await expect(
      scc.queryMeasurements({ dateStart: '2023-01-01', dateEnd: '2023-01-02' }).first(),
    ).rejects.toMatchObject({ code: 'unexpected-response' });
  });

  it('without a table is an empty result, without a pagination no list at all (4.2)', async () => {
    const empty =
      '<nav class="grp-pagination"><ul><li class="grp-results"><span>0 results</span></li></ul></nav><form></form>';
    const none = site(({ url }) => (url.pathname.startsWith('/admin') ? reply(empty) : undefined));
    expect(await none.scc.queryMeasurements(range).toArray()).toEqual([]);
    const maintenance = site(({ url }) =>
      url.pathname.startsWith('/admin') ? reply('<h1>Back soon</h1>') : undefined,
    );
    const error: unknown = await rejection(maintenance.scc.queryMeasurements(range).toArray());
    expect(isSdcError(error, 'unexpected-response')).toBe(true);
    expect(String(error)).toContain('grp-pagination');
  });
});
