import { afterEach, describe, expect, test, vi } from 'vitest';
import { FlightNotFound, RejectedError, UnexpectedResponse } from '../../../src/errors.js';
import { OrderStoredWithoutName } from '../../../src/scops/index.js';
import { rejection } from '../../support/rejection.js';
import { order, world } from './kit.js';
import { useQuickWaits } from '../../support/quick-waits.js';

useQuickWaits();

afterEach(() => vi.useRealTimers());

test('pitfall 31: day, year and sortie go back as the page wrote them', async () => {
  const { sim, scops } = world({}, { project: 'GB12_03' });
  const flight = await scops.getFlight({ year: 2014, day: 219, sortie: 'a' });
  expect(flight.form).toEqual({ project: 'GB12_03', year: '2014', julianday: '219', sortie: 'a' });
  const { configName, sortie } = await scops.submit(order({ flight, lines: [{ name: 'f219a01' }] }));
  expect(sortie).toBe('a');
  expect(sim.configs.get(configName)).toContain('sortie = a');
});

test('pitfall 14: a flight whose optimal size cannot be selected gets the nearest one, not the finest', async () => {
  const { sim, scops } = world({}, { project: 'GB12_03' });
  const flight = { year: 2014, day: 219, sortie: 'a' };
  const { configName } = await scops.submit(order({ flight, lines: [{ name: 'o219a01' }] }));
  expect(sim.configs.get(configName)).toMatch(/pixelsize = (?:1\.5 1\.5|2\.0 2\.0)\n/u);
});

test('pitfall 13: lines of Eagle and Hawk are refused with the reason before they are sent', async () => {
  const { sim, scops } = world({}, { project: 'GB12_03' });
  const flight = await scops.getFlight({ year: 2014, day: 219, sortie: 'a' });
  expect(flight.lines.map(({ name, orderable }) => [name, orderable])).toEqual([
    ['e219a01', false],
    ['f219a01', true],
    ['h219a01', false],
    ['o219a01', true],
  ]);
  await expect(scops.submit(order({ flight, lines: [{ name: 'h219a01' }] }))).rejects.toThrow(/Eagle and Hawk/u);
  expect(sim.requests.filter(({ method }) => method === 'POST')).toHaveLength(0);
  const forced = order({ flight, lines: [{ name: 'h219a01' }], allowUnorderableLines: true });
  await expect(scops.submit(forced)).rejects.toThrow(RejectedError);
});

test('pitfall 12: the box is the flight’s own unless another is given; nothing is cut out by it', async () => {
  const { sim, scops } = world();
  const { configName } = await scops.submit(order());
  expect(sim.configs.get(configName)).toMatch(/bounds = (?:50\.36|50\.3|-4\.1|-4\.25| )+\n/u);
});

describe('pitfall 11: failures with status 200 are told as such', () => {
  test('a flight that is not there', async () => {
    const { scops } = world();
    await expect(scops.getFlight({ year: 2014, day: 218 })).rejects.toThrow(FlightNotFound);
    await expect(scops.getFlight({ year: 2014, day: 217, sortie: 'z' })).rejects.toThrow(FlightNotFound);
  });
  test('the same in the first generation, which says 200', async () => {
    const { scops } = world({ generation: 'a' });
    await expect(scops.getFlight({ year: 2014, day: 218 })).rejects.toThrow(FlightNotFound);
    expect((await scops.getFlight({ year: 2014, day: 217 })).lines).toHaveLength(2);
  });
  test('a validation that failed', async () => {
    const { sim, scops } = world();
    const body = '<h1>Validation Failed!</h1><p>Something went wrong validating your inputs</p>';
    sim.faults.add({ route: 'POST *progress*', fault: { kind: 'html', status: 200, body } });
    const error: unknown = await rejection(scops.submit(order()));
    expect(error).toBeInstanceOf(RejectedError);
    expect(error).toMatchObject({ messages: ['Something went wrong validating your inputs'] });
  });
  test('another site', async () => {
    const { sim, scops } = world();
    sim.faults.add({ route: 'GET *jobrequest*', fault: { kind: 'html', status: 200, body: '<h1>Welcome</h1>' } });
    await expect(scops.getFlight({ year: 2014, day: 217 })).rejects.toThrow(/form\[action="progress"\].*Welcome/u);
  });
});

describe('pitfall 15: an order is never sent twice', () => {
  test('orders of one project keep their distance, so that none replaces another', async () => {
    const { sim, scops } = world({ clock: { mode: 'real', start: '2018-03-07T15:28:24Z' } });
    const [one, other] = await Promise.all([scops.submit(order()), scops.submit(order())]);
    expect(one.configName).not.toBe(other.configName);
    expect(sim.configs.size).toBe(2);
  });
  test.each([
    ['a lost answer', { kind: 'reset' as const }],
    ['a failing server', { kind: 'status' as const, status: 500 }],
    ['a busy server', { kind: 'status' as const, status: 503, retryAfter: 1 }],
  ])('%s is told, and not called retryable', async (_what, fault) => {
    const { sim, scops } = world({}, { retries: 3 });
    sim.faults.add({ route: 'POST *progress*', times: Infinity, fault });
    await expect(scops.submit(order())).rejects.toMatchObject({ retryable: false, attempts: 1 });
    expect(sim.requests.filter(({ path }) => path === '/processor/progress')).toHaveLength(1);
  });
  test('an abort while waiting for its turn sends nothing', async () => {
    const { sim, scops } = world();
    const flight = await scops.getFlight({ year: 2014, day: 217 });
    await scops.submit(order({ flight }));
    const stop = new AbortController();
    const second = scops.submit(order({ flight }), { signal: stop.signal });
    const reason = new Error('enough');
    stop.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(sim.requests.filter(({ path }) => path === '/processor/progress')).toHaveLength(1);
  });
});

test('pitfall 16: an order that was stored but not mailed is found again and confirmed', async () => {
  const { sim, scops } = world({ smtp: false });
  const error: unknown = await rejection(scops.submit(order()));
  expect(error).toBeInstanceOf(OrderStoredWithoutName);
  expect(error).toBeInstanceOf(UnexpectedResponse);
  const { order: lost, tag } = error as OrderStoredWithoutName;
  const configName = await scops.findConfigName(lost);
  expect(sim.configs.get(configName)).toContain(tag);
  await scops.confirm(configName);
  expect(sim.configs.get(configName)).toContain('confirmed = True');
  expect(sim.configs.size).toBe(1);
});

test('pitfall 16: the name is found in a server zone of its own', async () => {
  const { sim, scops } = world({ smtp: false, timeZone: 'America/New_York' }, { serverTimeZone: 'America/New_York' });
  const error = await rejection(scops.submit(order()));
  expect(await scops.findConfigName((error as OrderStoredWithoutName).order)).toBe([...sim.configs.keys()][0]);
});

test('pitfall 29: two orders of one flight day are confirmed more than a minute apart', async () => {
  const day = { year: 2014, day: 218 };
  const sample = {
    ...day,
    project: 'GB13_08',
    bounds: { north: 50.36, south: 50.3, east: -4.1, west: -4.25 },
    optimalPixel: 2,
    lines: [{ name: 'f21801', wavelengths: [400, 500] }],
  };
  const { sim, scops } = world({ data: { flights: [sample] } }, { confirmSpacingMs: 61_000 });
  const flight = await scops.getFlight(day);
  const one = await scops.submit(order({ flight, lines: [{ name: 'f21801' }] }));
  sim.clock.advance(5_000);
  const other = await scops.submit(order({ flight, lines: [{ name: 'f21801' }] }));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  await scops.confirm(one.configName);
  let done = false;
  const second = scops.confirm(other.configName).then(() => (done = true));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(done).toBe(false);
  await vi.advanceTimersByTimeAsync(2_000);
  await second;
  expect(done).toBe(true);
});

test('the redirect is understood as a path and as an absolute address, in all generations', async () => {
  for (const generation of ['a', 'b', 'c'] as const) {
    const { scops } = world({ generation, host: '2018' });
    expect((await scops.submit(order())).configName).toMatch(/^GB13_08_2014_217_\d{14}$/u);
    await scops.close();
  }
});

test('a host that skips confirmation tells the name all the same', async () => {
  const { sim, scops } = world({ skipConfirmation: true });
  const { configName } = await scops.submit(order());
  expect(sim.configs.get(configName)).toContain('confirmed = True');
});

test('a PROJ order is stored with its text, and its tag is in the bounds', async () => {
  const { sim, scops } = world();
  const { configName, tag } = await scops.submit(
    order({
      projection: { proj: '+proj=utm +zone=30 +datum=WGS84' },
      pixelSize: 2,
      masks: ['underflows', 'o'],
      interpolation: 'cubic',
    }),
  );
  const config = sim.configs.get(configName)!;
  expect(config).toContain('projection = proj_string');
  expect(config).toContain('projstring = +proj=utm +zone=30 +datum=WGS84');
  const stored = /bounds = (.*)/u.exec(config)![1]!;
  expect(stored.split(' ').sort()).toEqual(tag.split(' ').sort());
  expect(config).toContain('masking = uo');
  expect(config).toContain('interpolation = cubic');
});
