import { readdir } from 'node:fs/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Measurement } from '../../../src/scc/index.js';
import { SIM_STAGES } from '../../../src/testing/scc/model.js';
import { rejection } from '../../support/rejection.js';
import { tempDir } from '../../support/temp-dir.js';
import { exampleFile } from '../../support/example-file.js';
import { asked, quick, scene } from './harness.js';
import { useQuickWaits } from '../../support/quick-waits.js';

useQuickWaits();

const file = exampleFile('20210601aky0930.nc');
const id = '20210601aky0930';
const empty = { data: { replace: true } } as const;

describe.each(['is_being_processed', 'is_running'] as const)(
  'waiting, with the API name %s (pitfall 18)',
  (apiNames) => {
    it('sees queue, processing and end, from right after the upload (pitfall 19)', async () => {
      const { scc } = scene({ ...empty, apiNames });
      await scc.uploadFile(file, 437, { soundingFile: exampleFile('rs_20210601aky09.nc') });
      const seen = await scc.watchProcessing(id, quick).toArray();
      const states = seen.map(({ isQueued, isProcessing }) =>
        isQueued === true ? 'queued' : isProcessing ? 'processing' : 'idle',
      );
      const last = seen.at(-1);
      expect([...new Set(states)]).toEqual(expect.arrayContaining(['queued', 'processing', 'idle']));
      expect(states.at(-1)).toBe('idle');
      expect(last?.products.elda.status).toBe('ok');
      expect((await scc.waitForProcessing(id, quick)).products.elpp.status).toBe('ok');
    });
  },
);

describe('waiting', () => {
  it('for a module that fails is ProcessingFailed with exit code and state', async () => {
    const { scc } = scene({
      ...empty,
      processing: { outcomes: { elpp: { status: -127, exitCode: 21, description: 'no molecular data' } } },
    });
    await scc.uploadFile(file, 437, { soundingFile: exampleFile('rs_20210601aky09.nc') });
    const states: boolean[] = [];
    const error: unknown = await rejection(
      scc.waitForProcessing(id, { ...quick, onState: ({ isProcessing }) => states.push(isProcessing) }),
    );
    expect(error).toMatchObject({
      name: 'ProcessingFailed',
      code: 'job-failed',
      state: { id, products: { elpp: { status: 'error', exitCode: 21 } } },
    });
    expect(String(error)).toContain('no molecular data');
    expect(states.length).toBeGreaterThan(1);
  });

  it('for a missing radiosonde ends at the deadline with the last state; the job goes on (pitfalls 16 and 18)', async () => {
    const { sim, scc } = scene(empty);
    await scc.uploadFile(file, 437);
    vi.useFakeTimers({ toFake: ['performance'] });
    onTestFinished(() => void vi.useRealTimers());
    const onState = (): void => void vi.advanceTimersByTime(60_000);
    await expect(scc.waitForProcessing(id, { ...quick, deadlineMs: 60_000, onState })).rejects.toMatchObject({
      name: 'WaitTimeout',
      code: 'wait-timeout',
      state: { id },
    });
    expect(sim.measurement(id)).toBeDefined();
  });

  it('for what never starts ends after appearMs, and says what may be missing', async () => {
    const { scc } = scene(empty);
    await scc.uploadFile(file, 437);
    await expect(scc.waitForProcessing(id, { ...quick, appearMs: 50 })).rejects.toMatchObject({
      name: 'ProcessingFailed',
      message: expect.stringContaining('ancillary'),
    });
  });

  it('after a restart of the last step gives its new result, not what is there before it begins', async () => {
    const { sim, scc } = scene({
      data: { replace: true, measurements: [{ id, statuses: { upload: 127, elpp: 127, elda: 127 } }] },
    });
    await scc.rerunProcessing(id, { from: 'optical' });
    expect((await scc.waitForProcessing(id, quick)).products.elda).toMatchObject({ status: 'ok', exitCode: 0 });
    expect(asked(sim, /api/u).length).toBeGreaterThan(5);
  });

  it('for an unknown measurement gives it appearMs to appear', async () => {
    const { sim, scc } = scene(empty);
    await expect(scc.waitForProcessing(id, { ...quick, appearMs: 30 })).rejects.toMatchObject({
      name: 'MeasurementNotFound',
    });
    const later = scc.waitForProcessing(id, { ...quick, appearMs: 20_000 });
    sim.addMeasurement({ id, statuses: { upload: 127, elpp: 127 } });
    expect((await later).id).toBe(id);
  });

  it('bears passing faults and a hanging look, makes one call a look, and can be aborted (pitfalls 19, 20 and 21)', async () => {
    const { sim, scc } = scene(
      { data: { replace: true, measurements: [{ id, statuses: { upload: 127, elpp: 127 } }] } },
      { retries: 0 },
    );
    await scc.login();
    sim.faults.add({ route: 'GET /api/*', times: 2, fault: { kind: 'status', status: 502 } });
    sim.faults.add({ route: 'GET /api/*', times: 1, fault: { kind: 'stall' } });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const seen = scc.waitForProcessing(id, quick);
    // Each check lets a millisecond pass, so that the pauses between looks end; then the time of the hanging look.
    await vi.waitFor(() => expect(sim.faults.fired).toBe(3), { interval: 1, timeout: 20_000 });
    await vi.advanceTimersByTimeAsync(30_000);
    await vi.waitFor(() => expect(asked(sim, /api/u)).toHaveLength(4), { interval: 1, timeout: 20_000 });
    vi.useRealTimers();
    expect((await seen).id).toBe(id);
    expect(asked(sim, /api/u)).toHaveLength(4);
    sim.faults.add({ route: 'GET /api/*', times: Infinity, fault: { kind: 'status', status: 502 } });
    const controller = new AbortController();
    const wait = scc.waitForProcessing(id, { ...quick, signal: controller.signal });
    setTimeout(() => controller.abort('enough'), 50);
    await expect(wait).rejects.toBe('enough');
  });
});

describe('the main job', () => {
  it('in one call: upload, wait, download what was finished meanwhile, unpack (pitfall 16)', async () => {
    const { scc } = scene(empty);
    const at = tempDir();
    const before: Measurement[] = [];
    const { measurement, files } = await scc.processFile(file, 437, at, {
      ...quick,
      onState: (state) => before.push(state),
      soundingFile: exampleFile('rs_20210601aky09.nc'),
      extract: true,
    });
    expect(measurement.products.elda.status).toBe('ok');
    expect(files.map(({ source }) => source)).toEqual(
      expect.arrayContaining(['hirelpp', 'cloudmask', 'elpp', 'optical', 'plots']),
    );
    expect(files.every(({ extracted }) => (extracted?.length ?? 0) > 0)).toBe(true);
    expect(Object.values(before[0]?.products ?? {}).filter(({ status }) => status === 'ok')).toHaveLength(1);
  });

  it('deletes nothing that nobody asked to delete, whatever fails, and leaves nothing half behind (pitfall 37)', async () => {
    const options = { ...quick, soundingFile: exampleFile('rs_20210601aky09.nc'), extract: true };
    const fails = { status: -127, exitCode: 1 };
    const failing = Object.fromEntries(SIM_STAGES.map((stage) => [stage, fails]));
    const whole = scene({ ...empty, processing: { outcomes: failing } });
    await expect(whole.scc.processFile(file, 437, tempDir(), options)).rejects.toThrow('ended with errors');
    for (const mode of ['corrupt', 'truncated', 'html'] as const) {
      const { sim, scc } = scene({ ...empty, downloads: { '*': mode } }, { retries: 0 });
      const at = tempDir();
      await expect(scc.processFile(file, 437, at, options)).rejects.toMatchObject({
        name: expect.stringMatching(/TransferError|NetworkError|ProductNotAvailable|UnexpectedResponse/u),
      });
      const left = await readdir(at, { recursive: true });
      expect(left.filter((name) => !/\.zip\.part(?:\.json)?$/u.test(name))).toEqual([]);
      for (const made of [sim, whole.sim]) {
        expect(made.measurement(id)).toBeDefined();
        expect(asked(made, /delete/u)).toEqual([]);
      }
    }
  });

  it.each([
    [{ concurrency: 0 }, 'scc.processFile: concurrency'],
    [{ overwrite: 'perhaps' }, 'scc.processFile: overwrite'],
    [{ idleTimeoutMs: -1 }, 'scc.processFile: idleTimeoutMs'],
    [{ products: [] }, 'scc.processFile: products'],
    [{ products: ['every thing'] }, 'scc.processFile: products'],
    [{ pollIntervalMs: -1 }, 'scc.processFile: pollIntervalMs'],
    [{ deadlineMs: Number.NaN }, 'scc.processFile: deadlineMs'],
    [{ appearMs: '1' }, 'scc.processFile: appearMs'],
    [{ delayHours: 97 }, 'scc.processFile: delayHours'],
  ])('with the option %j is refused before anything is asked or sent', async (options, words) => {
    const { sim, scc } = scene(empty);
    await expect(scc.processFile(file, 437, tempDir(), options as object)).rejects.toThrow(words);
    expect(sim.requests).toEqual([]);
  });

  it('gives what was finished although a module failed, and fails when nothing was', async () => {
    const partly = scene({ ...empty, processing: { outcomes: { elda: { status: -127, exitCode: 3 } } } });
    const options = { ...quick, soundingFile: exampleFile('rs_20210601aky09.nc') };
    const { measurement, files } = await partly.scc.processFile(file, 437, tempDir(), options);
    expect(measurement.products.elda.status).toBe('error');
    expect(files.map(({ source }) => source)).toContain('elpp');
    const failing = Object.fromEntries(
      ['hirelpp', 'cloudmask', 'elpp', 'elda', 'elic', 'elquick'].map((stage) => [
        stage,
        { status: -127, exitCode: 1 },
      ]),
    );
    const wholly = scene({ ...empty, processing: { outcomes: failing } });
    await expect(wholly.scc.processFile(file, 437, tempDir(), options)).rejects.toMatchObject({
      name: 'ProcessingFailed',
    });
  });
});
