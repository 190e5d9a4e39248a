import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { tempDir } from '../../support/temp-dir.js';
import { finished, world } from './kit.js';

/** What comes while an archive is being written: it begins as one, or not even that. */
const damaged = (text: string) => () => new Response(text, { headers: { 'content-type': 'application/zip' } });

it.each(['PK\x03\x04 and no more', 'no archive at all'])(
  'an archive that is no good, %j, is fetched once more, and counts in its batch as any other',
  async (text) => {
    const { sim, scops } = world();
    const id = await finished(sim, scops, { lines: [{ name: 'f21701' }, { name: 'f21702' }] });
    sim.faults.add({
      route: /GET .*downloads\/[^/]+\/f21701/u,
      times: 1,
      fault: { kind: 'replace', response: damaged(text) },
    });
    const counts: (readonly [number, number | undefined])[] = [];
    const files = await scops
      .download(id, tempDir(), {
        concurrency: 1,
        onProgress: ({ filesDone, filesTotal }) => counts.push([filesDone, filesTotal]),
      })
      .toArray();
    expect(files.map(({ status }) => status)).toEqual(['downloaded', 'downloaded']);
    expect(new Set(counts.map(([, total]) => total))).toEqual(new Set([2]));
    expect(counts.at(-1)).toEqual([2, 2]);
    expect(sim.requests.filter(({ path }) => /downloads\/[^/]+\/f21701/u.test(path))).toHaveLength(2);
  },
);

it('an archive that stays no good fails after its second try, with its target and no file', async () => {
  const { sim, scops } = world();
  const id = await finished(sim, scops);
  sim.faults.add({
    route: /GET .*downloads\/[^/]+\/f21701/u,
    times: 9,
    fault: { kind: 'replace', response: damaged('PK\x03\x04 and no more') },
  });
  const folder = tempDir();
  const [failed] = await scops.download(id, folder, { onFailure: 'yield' }).toArray();
  expect(failed).toMatchObject({ status: 'failed', error: { code: 'transfer' } });
  expect(failed?.path?.startsWith(folder)).toBe(true);
  expect(failed?.path?.endsWith('.zip')).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
  expect(sim.requests.filter(({ path }) => /downloads\/[^/]+\/f21701/u.test(path))).toHaveLength(2);
});
