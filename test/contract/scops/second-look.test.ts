import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ProcessingFailed } from '../../../src/errors.js';
import { ScopsClient, scopsEnvironment, ScopsWorkspace } from '../../../src/scops/index.js';
import { tempDir } from '../../support/temp-dir.js';

const ID = 'GB13_08_2014_21720180307152902';
const record = (name: string, stage: string, flag = false) => ({ name, stage, flag, progress: 50 });

/** A service that answers look after look with these; the last one stays. */
function client(answers: Record<string, unknown>[]): { scops: ScopsClient; looks: () => number } {
  let looks = 0;
  const scops = new ScopsClient({
    baseUrl: 'https://scops.example/processor',
    project: 'GB13_08',
    password: 'secret',
    retries: 0,
    fetch: async (input) => {
      const url = new URL(input instanceof Request ? input.url : input);
      if (!url.pathname.includes('processingupdate'))
        return new Response('<h1>Status</h1>', { headers: { 'content-type': 'text/html' } });
      looks += 1;
      return Response.json(answers[Math.min(looks, answers.length) - 1]);
    },
  });
  onTestFinished(() => scops.close());
  return { scops, looks: () => looks };
}
const wait = { pollIntervalMs: 5, deadlineMs: 20_000 };

describe('an end is never told from one look', () => {
  const done = { f21701: record('f21701', 'Complete') };
  const wrong = { ...done, f21702: record('f21701', 'Complete') };
  const failed = { ...done, f21702: record('f21702', 'ERROR - aplmask', true) };

  test('the record of another line is read again, and the failure of the own one is told', async () => {
    const { scops } = client([wrong, wrong, wrong, wrong, wrong, failed]);
    await expect(scops.waitFor(ID, wait)).rejects.toThrow(ProcessingFailed);
  });

  test('a record that stays that of another line is unknown, never complete', async () => {
    const { state, products } = await client([wrong]).scops.getStatus(ID);
    expect(state).toBe('running');
    expect(products.map((one) => [one.name, one.state])).toEqual([
      ['f21701', 'complete'],
      ['f21702', 'unknown'],
    ]);
  });

  test('an end that the second look does not show is none', async () => {
    const running = { ...done, f21702: record('f21702', 'Mapping') };
    const ended = { ...done, f21702: record('f21702', 'Complete') };
    const { scops, looks } = client([ended, running, running, ended, ended]);
    const seen = await scops.watch(ID, wait).toArray();
    expect(seen.map(({ state }) => state)).toEqual(['running', 'complete']);
    expect(looks()).toBe(5);
  });

  test('a failure that the second look does not show is none', async () => {
    const { scops } = client([failed, { ...done, f21702: record('f21702', 'Complete') }]);
    expect((await scops.waitFor(ID, wait)).state).toBe('complete');
  });

  test('one answer suffices for what has not ended', async () => {
    const { scops, looks } = client([{ f21701: record('f21701', 'Mapping') }]);
    expect((await scops.getStatus(ID)).state).toBe('running');
    expect(looks()).toBe(1);
  });

  test('on the processing host: a status file that names another line is not believed', async () => {
    const root = tempDir();
    const folder = join(root, ID, 'status');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'f21701_status.txt'), 'f21701 = complete');
    writeFileSync(join(folder, 'f21702_status.txt'), 'f21701 = complete');
    const workspace = new ScopsWorkspace(scopsEnvironment({ WEB_OUTPUT: `${root}/`, QSUB_SYSTEM: 'local' }));
    expect((await workspace.status(ID)).state).toBe('running');
    writeFileSync(join(folder, 'f21702_status.txt'), 'f21702 = complete');
    expect((await workspace.status(ID)).state).toBe('complete');
  });
});
