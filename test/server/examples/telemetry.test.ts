import { expect, test, vi } from 'vitest';
import { HmiClient } from '../../../src/hmi/index.js';
import { simulateImap } from '../../../src/testing/index.js';
import { cleanUp } from '../../support/clean-up.js';
import { rejection } from '../../support/rejection.js';
import { start } from '../../support/server.js';
import { tempDir } from '../../support/temp-dir.js';
import { setUp } from './telemetry-sdk.mjs';

test('the example exports a span of each call, its requests as children, and durations by route', async () => {
  const { spans, durations } = setUp();
  const sim = simulateImap();
  vi.stubEnv('IMAP_DATA_ACCESS_URL', (await start(sim)).url);
  vi.stubEnv('IMAP_API_KEY', sim.credentials.apiKey);
  vi.stubEnv('IMAP_DATA_DIR', tempDir());
  await import('../../../examples/telemetry.js');
  const named = (name: string): string[] =>
    spans()
      .filter((span) => span.name === name)
      .map(({ id }) => id);
  const [query = '', download = ''] = [...named('imap.query'), ...named('imap.download')];
  const childrenOf = (id: string): string[] =>
    spans()
      .filter(({ parent }) => parent === id)
      .map(({ name }) => name);
  expect(childrenOf(query)).toContain('GET /api-key/query');
  // The address of the storage, then the file there.
  expect(childrenOf(download)).toHaveLength(2);
  expect(spans().filter(({ parent }) => parent === undefined)).toHaveLength(2);
  expect(spans().every(({ ms, isError }) => ms >= 0 && !isError)).toBe(true);
  expect(durations.map(({ route }) => route)).toContain('/api-key/query');
  expect(durations).toHaveLength(spans().length - 2);
  expect(JSON.stringify(spans())).not.toContain(sim.credentials.apiKey);

  const hmi = new HmiClient({ baseUrl: 'http://127.0.0.1:1/', retries: 0 });
  cleanUp(() => hmi.close());
  await rejection(hmi.describe());
  const failed = spans().filter(({ isError }) => isError);
  expect(failed.map(({ name }) => name).sort()).toEqual(['GET /swagger.json', 'hmi.describe']);
  expect(failed.every(({ attributes }) => attributes['error.type'] === 'network')).toBe(true);
});
