import { describe, expect, it } from 'vitest';
import { rejection } from '../../support/rejection.js';
import { asked, scene } from './harness.js';
import { useQuickWaits } from '../../support/quick-waits.js';

useQuickWaits();

describe.each(['legacy', '3.2', '5.2', 'main'] as const)('on Django %s', (profile) => {
  it('a restart is proved by its message, whatever waited before (pitfalls 3 to 5)', async () => {
    const { sim, scc } = scene({ profile });
    const [id] = sim.measurementIds;
    for (let n = 0; n < 40; n += 1) sim.addMessage('success', `The processing chain was restarted for another ${n}`);
    await scc.rerunProcessing(id!);
    expect(sim.measurement(id!)?.run).toBeDefined();
    const body = new TextDecoder().decode(
      sim.requests.find(({ method, path }) => method === 'POST' && path.includes('measurements'))?.body,
    );
    expect(body).toContain('action=rerun_all');
    expect(body).toContain(`_selected_action=${id!}`);
    expect(body).toContain('select_across=0');
  });

  it('a deletion is proved by the API (pitfall 2)', async () => {
    const { sim, scc } = scene({ profile });
    const [id] = sim.measurementIds;
    await scc.deleteMeasurement(id!);
    expect(sim.measurement(id!)).toBeUndefined();
    await expect(scc.deleteMeasurement(id!)).rejects.toMatchObject({ name: 'MeasurementNotFound' });
  });
});

describe('a restart', () => {
  it('that the SCC refuses is SCCError in its own words, although older messages speak of success (pitfall 4)', async () => {
    const { sim, scc } = scene();
    const [id] = sim.measurementIds;
    sim.addMessage('success', 'The processing chain was restarted');
    sim.faults.add({
      route: 'POST /admin/database/measurements/',
      fault: {
        kind: 'replace',
        response: () => {
          sim.addMessage('warning', 'No action selected.');
          return new Response(null, { status: 302, headers: { location: '/admin/database/measurements/' } });
        },
      },
    });
    await expect(scc.rerunProcessing(id!)).rejects.toMatchObject({
      name: 'SCCError',
      messages: ['No action selected.'],
    });
  });

  it('that is answered with a page, such as one of maintenance, does not speak of deleting', async () => {
    const { sim, scc } = scene();
    const response = (): Response =>
      new Response('<html><h1>Back soon</h1></html>', { headers: { 'content-type': 'text/html' } });
    sim.faults.add({ route: 'POST /admin/database/measurements/', fault: { kind: 'replace', response } });
    await expect(scc.rerunProcessing(sim.measurementIds[0]!)).rejects.toMatchObject({
      name: 'UnexpectedResponse',
      status: 200,
      delivered: 'maybe',
      message: expect.stringContaining('showed a page instead of acting on the form'),
    });
  });

  it.each(['success', 'warning', 'info'] as const)('is one whatever the level of its message: %s', async (level) => {
    const { sim, scc } = scene({ rerunMessageLevel: level });
    const [id] = sim.measurementIds;
    await scc.rerunProcessing(id!);
    expect(sim.measurement(id!)?.run).toBeDefined();
  });

  it.each(['elpp', 'optical'] as const)('from %s goes by its link, once', async (from) => {
    const { sim, scc } = scene();
    const [id] = sim.measurementIds;
    await scc.rerunProcessing(id!, { from });
    expect(asked(sim, /rerun/u)).toHaveLength(1);
    sim.faults.add({ route: 'GET /data_processing/*', times: Infinity, fault: { kind: 'status', status: 502 } });
    await expect(scc.rerunProcessing(id!, { from })).rejects.toMatchObject({ status: 502 });
    expect(asked(sim, /rerun/u)).toHaveLength(2);
  });

  it.each(['all', 'elpp', 'optical'] as const)('from %s whose answer is lost is looked up', async (from) => {
    const { sim, scc } = scene({}, { retries: 0 });
    const [id] = sim.measurementIds;
    await scc.login();
    const route = from === 'all' ? 'POST /admin/database/measurements/' : 'GET */rerun-*/';
    sim.faults.add({ route, fault: { kind: 'drop', afterBytes: 0 } });
    await scc.rerunProcessing(id!, { from });
    expect(sim.measurement(id!)?.run ?? sim.measurement(id!)?.lastRun).toBeDefined();
    sim.faults.add({ route, fault: { kind: 'status', status: 500 } });
    await expect(scc.rerunProcessing(id!, { from })).rejects.toMatchObject({ status: 500 });
  });

  it('of an unknown measurement is MeasurementNotFound, and nothing is posted (pitfall 5)', async () => {
    const { sim, scc } = scene();
    for (const from of ['all', 'elpp', 'optical'] as const) {
      await expect(scc.rerunProcessing('20200101xyz0000', { from })).rejects.toMatchObject({
        name: 'MeasurementNotFound',
      });
    }
    expect(asked(sim, /^POST (?!.*login)|rerun/u)).toEqual([]);
  });

  it('without the right is Forbidden', async () => {
    const { sim, scc } = scene({
      permissions: { changeMeasurements: false, viewMeasurements: false, deleteMeasurements: false },
    });
    await expect(scc.rerunProcessing(sim.measurementIds[0]!)).rejects.toMatchObject({ name: 'Forbidden' });
    await expect(scc.deleteMeasurement(sim.measurementIds[0]!)).rejects.toMatchObject({ name: 'Forbidden' });
  });

  it('and another at the same time do not take each other’s messages', async () => {
    const { sim, scc } = scene();
    await Promise.all(sim.measurementIds.slice(0, 5).map((id) => scc.rerunProcessing(id)));
    await Promise.all(sim.measurementIds.slice(0, 5).map((id) => scc.deleteMeasurement(id)));
    expect(sim.measurementIds).not.toContain('20210601aky0100-none');
  });
});

describe('a deletion', () => {
  it('leaves related measurements alone unless asked (15.2)', async () => {
    const related = '20210615aky0200';
    const data = {
      measurements: [
        { id: '20210615aky0100', related: [related] },
        { id: related },
        { id: '20210615aky0300', related: [related] },
      ],
    };
    const { sim, scc } = scene({ data });
    await scc.deleteMeasurement('20210615aky0100');
    expect(sim.measurement(related)).toBeDefined();
    await scc.deleteMeasurement('20210615aky0300', { related: true });
    expect(sim.measurement(related)).toBeUndefined();
  });

  it.each([
    ['its own', 'POST /admin/database/measurements/*/delete/', { kind: 'drop', afterBytes: 0 }],
    ['the page after it', 'GET /admin/database/measurements/', { kind: 'status', status: 502 }],
  ] as const)(
    'whose answer (%s) is lost is looked up: it is done when the measurement is gone',
    async (_, route, fault) => {
      const { sim, scc } = scene({}, { retries: 0 });
      const [id] = sim.measurementIds;
      await scc.login();
      sim.faults.add({ route, fault });
      await scc.deleteMeasurement(id!);
      expect(sim.faults.fired).toBe(1);
      expect(sim.measurement(id!)).toBeUndefined();
      expect(asked(sim, /^POST .*delete/u)).toHaveLength(1);
    },
  );

  it('that never arrived is told as it failed, not sent twice; a look that fails hides nothing', async () => {
    const { sim, scc } = scene({}, { retries: 0 });
    const [id] = sim.measurementIds;
    await scc.login();
    for (const looks of [0, 1]) {
      sim.faults.clear();
      sim.faults.add({ route: 'POST */delete/', fault: { kind: 'reset' } });
      if (looks > 0) sim.faults.add({ route: 'GET /api/*', skip: 1, fault: { kind: 'status', status: 500 } });
      await expect(scc.deleteMeasurement(id!)).rejects.toMatchObject({ name: 'NetworkError' });
      expect(sim.faults.fired).toBe(1 + looks);
      expect(sim.measurement(id!)).toBeDefined();
    }
    expect(asked(sim, /^POST .*delete/u)).toHaveLength(2);
  });

  it('of a protected measurement is refused with the objects that protect it (pitfall 2)', async () => {
    const { sim, scc } = scene({ data: { measurements: [{ id: '20210615aky0100', protectedBy: ['Product 7'] }] } });
    const error: unknown = await rejection(scc.deleteMeasurement('20210615aky0100'));
    expect(error).toMatchObject({ code: 'rejected' });
    expect(String(error)).toContain('Product 7');
    expect(sim.measurement('20210615aky0100')).toBeDefined();
  });

  it.each(['redirect', '404'] as const)(
    'that finds the measurement gone meanwhile (%s) is MeasurementNotFound',
    async (unknownDelete) => {
      const { sim, scc } = scene({ unknownDelete });
      const [id, other] = sim.measurementIds;
      sim.faults.add({
        route: `GET /api/v1/measurements/${other!}/`,
        fault: {
          kind: 'replace',
          response: () => Response.json({ id: other, start: '2021-06-01T00:00:00', stop: '2021-06-01T01:00:00' }),
        },
      });
      await scc.deleteMeasurement(id!);
      const gone = scc.deleteMeasurement(other!);
      await gone.catch(() => undefined);
      await expect(scc.deleteMeasurement(id!)).rejects.toMatchObject({ name: 'MeasurementNotFound' });
    },
  );
});

describe('a CSRF check', () => {
  it('that fails once is passed with a fresh token', async () => {
    const { sim, scc } = scene();
    const [id] = sim.measurementIds;
    sim.faults.add({
      route: 'POST /admin/*',
      fault: {
        kind: 'html',
        status: 403,
        body: '<div id="summary"><h1>Forbidden <span>(403)</span></h1><p>CSRF verification failed. Request aborted.</p></div>',
      },
    });
    await scc.deleteMeasurement(id!);
    expect(sim.measurement(id!)).toBeUndefined();
  });
});
