import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isSdcError } from '../../../src/errors.js';
import { SCC, type Measurement } from '../../../src/scc/index.js';
import { rejection, errorIfAny } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { credentials, reply, site } from './fake-site.js';

const RAW = exampleFile('20210601aky0930.nc');
const ID = '20210601aky0930';
const measurement = {
  id: ID,
  start: '2021-06-01T09:30:00',
  stop: '2021-06-01T10:30:00',
  upload: 127,
  elpp: 127,
  is_being_processed: false,
};
const api = `/api/v1/measurements/${ID}/`;
const quick = '/data_processing/measurements/quick/';
const form = '<form><input type="file" name="data" id="id_data"></form>';

const june = { dateStart: '2021-06-01', dateEnd: '2021-07-01' };
/** Every call of a client. */
const CALLS: Record<string, (scc: SCC) => Promise<unknown>> = {
  login: (scc) => scc.login(),
  logout: (scc) => scc.logout(),
  queryMeasurements: (scc) => scc.queryMeasurements(june).toArray(),
  listMeasurements: (scc) => scc.listMeasurements().first(),
  getMeasurement: (scc) => scc.getMeasurement(ID),
  findMeasurement: (scc) => scc.findMeasurement(ID),
  nextMeasurementId: (scc) => scc.nextMeasurementId('2021-06-01', 'aky'),
  getAncillary: (scc) => scc.getAncillary('rs_a.nc', 'sounding'),
  uploadFile: (scc) => scc.uploadFile(RAW, 1),
  uploadFiles: (scc) => scc.uploadFiles([RAW], { systemId: 1 }).next(),
  watchProcessing: (scc) => scc.watchProcessing(ID).next(),
  waitForProcessing: (scc) => scc.waitForProcessing(ID),
  downloadProducts: (scc) => scc.downloadProducts(ID, '.', { products: ['elpp'] }).toArray(),
  openProduct: (scc) => scc.openProduct(ID, 'elpp'),
  downloadFile: (scc) => scc.downloadFile('x', 'x.zip'),
  processFile: (scc) => scc.processFile(RAW, 1, '.'),
  rerunProcessing: (scc) => scc.rerunProcessing(ID),
  deleteMeasurement: (scc) => scc.deleteMeasurement(ID),
  getLidarConstants: (scc) => scc.getLidarConstants(june).first(),
};

describe('a 403 of the API', () => {
  it('without a body is Forbidden, not an unknown measurement', async () => {
    const { scc } = site(({ url }) => (url.pathname.startsWith('/api/') ? reply('', { status: 403 }) : undefined));
    await expect(scc.findMeasurement(ID)).rejects.toMatchObject({ name: 'Forbidden', status: 403 });
    await expect(scc.getAncillary('rs_a.nc', 'sounding')).rejects.toMatchObject({ name: 'Forbidden' });
  });
});

describe('an upload', () => {
  const upload = (
    after: (looks: number) => Response,
    page: () => Response,
    location = `/data_processing/measurements/${ID}/`,
  ): ReturnType<typeof site> => {
    let looks = 0;
    return site(({ method, url }) => {
      if (url.pathname === quick)
        return method === 'POST' ? reply('', { status: 302, headers: { location } }) : reply(form);
      if (url.pathname === api) return after((looks += 1));
      return url.pathname === `/data_processing/measurements/${ID}/` ? page() : undefined;
    });
  };
  const absentFirst = (looks: number): Response =>
    looks === 1 ? reply('', { status: 404 }) : Response.json(measurement);

  it('that was accepted is one although its page cannot be had (6.2)', async () => {
    const { scc, calls } = upload(absentFirst, () => reply('', { status: 500 }));
    expect(await scc.uploadFile(RAW, 437)).toMatchObject({
      measurementId: ID,
      url: `https://scc.test/data_processing/measurements/${ID}/`,
    });
    expect(calls.filter((call) => call === `POST ${quick}`)).toHaveLength(1);
  });

  it('that leads to an unreadable address is a typed error, unless the measurement is there', async () => {
    const absent = upload(
      () => reply('', { status: 404 }),
      () => reply(''),
      'http://[',
    );
    await expect(absent.scc.uploadFile(RAW, 437)).rejects.toMatchObject({
      code: 'unexpected-response',
      delivered: 'maybe',
      retryable: false,
    });
    const there = upload(absentFirst, () => reply(''), 'http://[');
    expect(await there.scc.uploadFile(RAW, 437)).toMatchObject({ measurementId: ID });
  });

  it('that is aborted while its success is looked up rejects with the reason', async () => {
    const control = new AbortController();
    const reason = new Error('enough');
    const { scc } = upload(absentFirst, () => {
      control.abort(reason);
      return reply('', { status: 500 });
    });
    expect(await rejection(scc.uploadFile(RAW, 437, { signal: control.signal }))).toBe(reason);
  });

  it('of many with a wrong account ends the run: no further file tries the same login', async () => {
    const { scc, calls } = site(({ method, url }) =>
      method === 'POST' && url.pathname === '/accounts/login/'
        ? reply('<p>no</p><form><input name=username><input type=password name=password></form>')
        : undefined,
    );
    const run = async (): Promise<void> => {
      for await (const one of scc.uploadFiles([RAW, RAW, RAW], { systemId: 1 })) expect(one.status).toBe('failed');
    };
    expect(await rejection(run())).toMatchObject({ name: 'WrongCredentials', layer: 'account' });
    expect(calls.filter((call) => call === 'POST /accounts/login/')).toHaveLength(1);
  });
});

describe('a restart by its link', () => {
  const rerun = (page: Response, after: object): ReturnType<typeof site> => {
    let looks = 0;
    return site(({ url }) => {
      if (url.pathname === api) return Response.json((looks += 1) === 1 ? measurement : { ...measurement, ...after });
      return url.pathname.endsWith('/rerun-elpp/') ? page : undefined;
    });
  };

  it('that is answered with some page and changes nothing is no success (10.1)', async () => {
    const { scc } = rerun(reply('<h1>Back soon</h1>'), {});
    await expect(scc.rerunProcessing(ID, { from: 'elpp' })).rejects.toMatchObject({ code: 'unexpected-response' });
  });

  it('is one when the page is the measurement’s, or its state changed', async () => {
    await rerun(reply(`<h3>Measurement ${ID} <small>aky</small></h3>`), {}).scc.rerunProcessing(ID, { from: 'elpp' });
    await rerun(reply('<h1>ok</h1>'), { is_queued: true }).scc.rerunProcessing(ID, { from: 'elpp' });
  });
});

describe('a wait after a restart', () => {
  const page = reply;
  const before = { ...measurement, elda: -127, elda_exit_code: { exit_code: 3, description: 'old' } };
  const over = { ...before, elda: 127, elda_exit_code: null };
  /** Restarts, then waits; each look takes 30 s, and a restart has 100 s to begin. */
  const waitFor = async (from: 'all' | 'optical', answers: object[], options = {}): Promise<unknown> => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const left = [before, ...answers];
    const { scc } = site(({ method, url }) => {
      if (url.pathname === api) {
        vi.advanceTimersByTime(30_000);
        return Response.json(left.length > 1 ? left.shift() : left[0]);
      }
      if (url.pathname.includes('/rerun-elda/')) return page(`<h3>Measurement ${ID} <small>aky</small></h3>`);
      if (url.pathname !== '/admin/database/measurements/') return undefined;
      return method === 'POST'
        ? page('', { status: 302, headers: { location: url.href } })
        : page('<ul class="grp-messagelist"><li class="grp-success">The processing chain was restarted</li></ul>', {
            cookies: ['csrftoken=token; Path=/'],
          });
    });
    await scc.rerunProcessing(ID, { from });
    return scc
      .waitForProcessing(ID, { pollIntervalMs: 1, appearMs: 100_000, ...options })
      .catch((error: unknown) => error);
  };
  const running = { ...before, is_being_processed: true };

  it.each([
    ['keeps showing', before],
    ['has only cleared', { ...before, elda: 0, elda_exit_code: null }],
  ])('does not end with the old results that the SCC %s until the chain begins', async (_what, old) => {
    for (const from of ['all', 'optical'] as const) {
      expect(await waitFor(from, [old, old, running, over])).toMatchObject({ products: { elda: { status: 'ok' } } });
      expect(await waitFor(from, [old, old, over])).toMatchObject({ products: { elda: { status: 'ok' } } });
      expect(await waitFor(from, [old, running, before])).toMatchObject({ name: 'ProcessingFailed' });
    }
  });

  it('ends with what there is when nothing has begun for as long as it may take', async () => {
    const looks: unknown[] = [];
    const ended = await waitFor('all', [before, before, before, before], {
      onState: (one: unknown) => looks.push(one),
    });
    expect(ended).toMatchObject({ name: 'ProcessingFailed', state: { products: { elda: { exitCode: 3 } } } });
    expect(looks).toHaveLength(2);
  });
});

describe('a wait after a restart that looks often', () => {
  it('takes results for those of the new run after 30 looks', async () => {
    let looks = 0;
    const { scc } = site(({ url }) => {
      if (url.pathname === api) {
        looks += 1;
        return Response.json({ ...measurement, elda: 127 });
      }
      if (url.pathname.includes('/rerun-elda/')) return reply(`<h3>Measurement ${ID} <small>aky</small></h3>`);
      return undefined;
    });
    await scc.rerunProcessing(ID, { from: 'optical' });
    const before = looks;
    expect(await scc.waitForProcessing(ID, { pollIntervalMs: 1 })).toMatchObject({ id: ID });
    expect(looks - before).toBe(31);
  });
});

describe('a login', () => {
  it('at a page of maintenance sends no password, and may be tried again (pitfall 6)', async () => {
    const bodies: string[] = [];
    const { scc } = site(({ method, url, body }) => {
      if (method === 'POST') bodies.push(body);
      return url.pathname === '/accounts/login/' && method === 'GET'
        ? reply('<h1>Back soon</h1>', { cookies: ['csrftoken=abc; Path=/'] })
        : undefined;
    });
    await expect(scc.login()).rejects.toMatchObject({ code: 'unexpected-response', retryable: true });
    expect(bodies).toEqual([]);
  });

  it('answered with a page that only speaks of passwords is no refusal of the account (pitfall 6)', async () => {
    const { scc } = site(({ method, url }) =>
      method === 'POST' && url.pathname === '/accounts/login/'
        ? reply('<p>We never ask for your password.</p>')
        : undefined,
    );
    await expect(scc.login()).rejects.toMatchObject({ code: 'unexpected-response' });
  });

  it('at a base URL that redirects to another origin names that origin, instead of blaming the password', async () => {
    const secure = 'https://scc.test/accounts/login/';
    const fetch = async (input: unknown): Promise<Response> => {
      const url = String(input);
      if (url === secure) return reply('', { status: 401, headers: { 'www-authenticate': 'Basic realm="SCC"' } });
      return reply('', { status: 301, headers: { location: secure } });
    };
    const scc = new SCC(credentials, { baseUrl: 'http://scc.test/', fetch, retries: 0 });
    await expect(scc.login()).rejects.toMatchObject({
      name: 'ConfigError',
      message: expect.stringContaining('https://scc.test'),
    });
  });
});

describe('a wait', () => {
  /** Each look takes 30 s of a clock that nothing else moves; a measurement has 40 s to appear. */
  const waitOver = async (
    answers: (() => Response)[],
    onState = (_: Measurement): unknown => undefined,
  ): Promise<unknown> => {
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const left = [...answers];
    const { scc } = site(({ url }) => {
      if (url.pathname !== api) return undefined;
      vi.advanceTimersByTime(30_000);
      return (left.length > 1 ? left.shift() : left[0])?.();
    });
    return errorIfAny(scc.waitForProcessing(ID, { pollIntervalMs: 1, appearMs: 40_000, onState }));
  };
  const running = (): Response => Response.json({ ...measurement, is_being_processed: true });
  const over = (): Response => Response.json(measurement);

  it('bears a page of maintenance in place of the API (pitfall 19)', async () => {
    expect(await waitOver([running, () => reply('<h1>Back soon</h1>'), over])).toBeUndefined();
  });

  it('bears a single 404 in the middle, however long it has waited (pitfall 19)', async () => {
    const slowly = Array.from({ length: 60 }, () => running);
    expect(await waitOver([...slowly, () => reply('', { status: 404 }), over])).toBeUndefined();
  });

  it('is not over for one that is queued or delayed, although its modules have ended (pitfall 17)', async () => {
    const queued = (): Response => Response.json({ ...measurement, is_queued: true });
    const delayed = (): Response => Response.json({ ...measurement, is_delayed: true });
    const seen: unknown[] = [];
    expect(
      await waitOver([queued, queued, delayed, over], ({ isQueued, isDelayed }) => seen.push([isQueued, isDelayed])),
    ).toBeUndefined();
    expect(seen).toEqual([
      [true, undefined],
      [undefined, true],
      [undefined, undefined],
    ]);
  });

  it('for a measurement that is deleted meanwhile is MeasurementNotFound', async () => {
    expect(await waitOver([running, () => reply('', { status: 404 })])).toMatchObject({ name: 'MeasurementNotFound' });
  });
});

describe('a list by date', () => {
  const range = { dateStart: '2021-06-01', dateEnd: '2021-07-01' };
  const row = (
    day: number,
  ): string => `<tr class="grp-row"><td class="field-id">202106${String(day).padStart(2, '0')}aky0100</td>
    <td class="field-start">2021-06-${String(day).padStart(2, '0')} 01:00</td><td class="field-stop">2021-06-${String(day).padStart(2, '0')} 02:00</td>
    <td class="field-is_being_processed"><img alt="False"></td></tr>`;
  const page = (nav: string, ...days: number[]): Response =>
    reply(
      `<nav class="grp-pagination"><ul>${nav}</ul></nav><table id="result_list"><tbody>${days.map(row).join('')}</tbody></table>`,
    );
  const filters = 'start__gte=2021-06-01+00%3A00%3A00&amp;start__lt=2021-07-01+00%3A00%3A00';

  it('that says it has more rows than it shows, without a link that is known, is not silently cut (pitfall 9)', async () => {
    const { scc } = site(({ url }) =>
      url.pathname === '/admin/database/measurements/'
        ? page('<li class="grp-results"><span>212 results</span></li><li><button>next</button></li>', 1, 2)
        : undefined,
    );
    await expect(scc.queryMeasurements(range).toArray()).rejects.toMatchObject({
      code: 'unexpected-response',
      message: expect.stringMatching(/announced 212 rows.*showed 2/u),
    });
  });

  it('read from its second page on does not complain about the rows of the first', async () => {
    const counts = '<li class="grp-results"><span>4 results</span></li>';
    const { scc } = site(({ url }) => {
      if (url.pathname !== '/admin/database/measurements/') return undefined;
      return url.searchParams.get('p') === '2'
        ? page(`${counts}<li><a href="?${filters}">1</a></li><li><span class="this-page">2</span></li>`, 3, 4)
        : page(
            `${counts}<li><span class="this-page">1</span></li><li><a class="end" href="?p=2&amp;${filters}">2</a></li>`,
            1,
            2,
          );
    });
    const pages = [];
    for await (const one of scc.queryMeasurements(range).byPage({ from: 2 })) pages.push(one);
    expect(pages.map(({ page: number, warnings, items }) => [number, warnings, items.length])).toEqual([[2, [], 2]]);
  });
});

describe('every call', () => {
  it('fails with an error of its own name, ends no process, and does not go on after its failure (pitfall 34)', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    for (const status of [400, 500]) {
      for (const [name, call] of Object.entries(CALLS)) {
        // A wait forgives what may pass.
        if (status === 500 && /^wa(?:tch|it)/u.test(name)) continue;
        const { scc, calls } = site(({ url }) =>
          url.pathname.startsWith('/accounts/') ? undefined : reply('', { status }),
        );
        // A run of many tells the failure of each file as its result.
        const error = await call(scc).then(
          (result) => (result as { value?: { error?: unknown } } | undefined)?.value?.error,
          (failure: unknown) => failure,
        );
        const asked = calls.filter((line) => !line.includes('/accounts/'));
        expect(asked.length, name).toBeLessThanOrEqual(1);
        if (asked.length === 0) continue;
        expect(isSdcError(error) && [error.operation, error.status], name).toEqual([`scc.${name}`, status]);
        expect(calls.at(-1), name).toBe(asked[0]);
      }
    }
    expect(exit).not.toHaveBeenCalled();
  });
});

describe('a closed client', () => {
  it('rejects every call with the name of that call, generators and pagers at their first step', async () => {
    const { scc, calls } = site(() => undefined);
    await scc.close();
    for (const [name, call] of Object.entries(CALLS)) {
      const error = await rejection(call(scc));
      expect(error, name).toMatchObject({ name: 'ConfigError', code: 'closed' });
      expect(String(error)).toMatch(new RegExp(`scc\\.(?:${name}|close): the client was closed`, 'u'));
    }
    expect(calls).toEqual([]);
  });
});

describe('any file of the site', () => {
  it.each([
    [
      'a login page of another type',
      reply('<!DOCTYPE html><title>Login</title>', { type: 'application/octet-stream' }),
    ],
    ['half an archive', reply('PK\u0003\u0004 and then nothing', { type: 'application/zip' })],
  ])('that is %s is never saved (pitfall 10)', async (_what, answer) => {
    const at = tempDir();
    const { scc } = site(({ url }) => (url.pathname === '/files/x' ? answer : undefined));
    await expect(scc.downloadFile('files/x', join(at, 'x.zip'))).rejects.toMatchObject({ name: 'TransferError' });
    expect(await readdir(at)).toEqual([]);
  });
});

describe('settings', () => {
  it('that are given in part are completed from the environment', async () => {
    vi.stubEnv('SCC_HTTP_AUTH_USER', 'site');
    vi.stubEnv('SCC_HTTP_AUTH_PASSWORD', 'site-pass-word');
    const { username, password } = credentials;
    // @ts-expect-error the types ask for all four
    expect(() => new SCC({ username, password })).not.toThrow();
  });
});

describe('keeping a session alive', () => {
  it('looks at the site every five minutes and renews a session that ended, until the client is closed', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    let lost = false;
    const { scc, calls } = site(
      ({ url }) => {
        if (!url.pathname.startsWith('/api/')) return undefined;
        if (!lost) return Response.json({ objects: [], meta: { next: null } });
        lost = false;
        return reply('', { status: 401 });
      },
      { keepAlive: true },
    );
    await vi.advanceTimersByTimeAsync(600_000);
    expect(calls).toEqual([]);
    await scc.login();
    lost = true;
    await vi.advanceTimersByTimeAsync(300_000);
    await vi.waitFor(() => expect(calls.filter((call) => call === 'POST /accounts/login/')).toHaveLength(2), 10_000);
    await vi.waitFor(() => expect(calls.filter((call) => call.startsWith('GET /api/'))).toHaveLength(2), 10_000);
    await scc.close();
    const before = calls.length;
    await vi.advanceTimersByTimeAsync(900_000);
    expect(calls.length).toBe(before);
  });
});
