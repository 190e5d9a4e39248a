import { expect, test } from 'vitest';
import { ConfigError, PageNotAccessible, RejectedError, UnexpectedResponse } from '../../../src/errors.js';
import { finished, order, world } from './kit.js';

const OTHER = { kind: 'html' as const, status: 200, body: '<h1>Maintenance</h1><p>Back soon</p>' };
const to = (location: string): { kind: 'redirect'; location: string } => ({ kind: 'redirect', location });
const MATH = { equations: { veg: 'band2/band1' } };

test('a confirmation that does not say so is none', async () => {
  const { sim, scops } = world();
  const { configName } = await scops.submit(order());
  sim.faults.add({ route: 'GET *confirm*', fault: OTHER });
  await expect(scops.confirm(configName)).rejects.toThrow(/does not say/u);
});

test('a band-maths page of another order proves nothing, and nothing is confirmed', async () => {
  const { sim, scops } = world();
  const { configName } = await scops.submit(order());
  sim.faults.add({ route: 'GET *bandratio*', times: 2, fault: OTHER });
  await expect(scops.confirm(configName)).rejects.toThrow(UnexpectedResponse);
  await expect(scops.orderExists(configName)).rejects.toThrow(UnexpectedResponse);
  expect(sim.requests.some(({ path }) => path.includes('/confirm/'))).toBe(false);
});

test.each([
  ['to the front page', to('/processor/'), /does not lead to the order/u],
  [
    'to an order of another project',
    to('/processor/bandratio/GB12_03_2014_217_20180307152824'),
    /does not lead to the order/u,
  ],
  [
    'to an order of another day',
    to('/processor/bandratio/GB13_08_2014_218_20180307152824'),
    /does not lead to the order/u,
  ],
  ['nowhere', OTHER, /not a redirect/u],
])('an order whose answer leads %s is an unexpected answer', async (_what, fault, message) => {
  const { sim, scops } = world();
  sim.faults.add({ route: 'POST *progress*', fault });
  await expect(scops.submit(order())).rejects.toThrow(message);
});

test.each([
  ['a refusal', { kind: 'status' as const, status: 400 }, RejectedError],
  ['a failure', { kind: 'status' as const, status: 500 }, PageNotAccessible],
  ['another page', OTHER, UnexpectedResponse],
])('band maths answered with %s', async (_what, fault, type) => {
  const { sim, scops } = world();
  const { configName } = await scops.submit(order({ bandMath: true }));
  sim.faults.add({ route: 'POST *bandratio/req*', fault });
  await expect(scops.submitBandMath(configName, MATH)).rejects.toThrow(type);
});

test('a text instead of an archive is told, and the status goes on without its page', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  sim.faults.add({ route: 'GET *downloads*', fault: OTHER });
  await expect(scops.open(id, 'f21701')).rejects.toThrow(/Maintenance/u);
  sim.faults.add({ route: `GET *status/${id}*`, fault: { kind: 'status', status: 500 } });
  const status = await scops.getStatus(id);
  expect(status.state).toBe('complete');
  expect(status).not.toHaveProperty('details');
  expect((await scops.getStatus(id)).details).toBeDefined();
});

test('a project archive that does not come is looked for twice, then told', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  const text = {
    kind: 'html' as const,
    status: 200,
    body: 'Processing not finalised, contact NERC-ARF-DAN for assistance',
  };
  sim.faults.add({ route: 'GET *downloads*', times: 2, fault: text });
  await expect(scops.open(id, 'project')).rejects.toThrow(/one by one/u);
  sim.faults.add({ route: 'GET *downloads*', times: 1, fault: text });
  const opened = await scops.open(id, 'project');
  expect(opened.name).toBe('GB13_08_2014217.zip');
  await opened.stream.cancel();
});

test('durations that cannot be meant are refused', async () => {
  const { scops } = world();
  expect(() => world({}, { confirmSpacingMs: -1 })).toThrow(ConfigError);
  expect(() => scops.watch('GB13_08_2014_21720180307152902', { stallMs: 0 })).toThrow(RangeError);
  const found = { configName: 'GB13_08_2014_217_20180307152824', tag: 'sdc-12345678', submittedAt: new Date(0) };
  await expect(scops.findProcessingId(found, { probeIntervalMs: 10 })).rejects.toThrow(RangeError);
  await expect(scops.findProcessingId({ ...found, tag: '' })).rejects.toThrow(/tag/u);
});
