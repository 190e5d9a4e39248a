import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { listZip } from '../../../src/core/transfer/zip/unpack.js';
import { tempDir } from '../../support/temp-dir.js';
import { order, world } from './kit.js';

test('an order goes from the flight to the files', async () => {
  const { sim, scops } = world();
  const flight = await scops.getFlight({ year: 2014, day: 217 });
  expect(flight).toMatchObject({
    project: 'GB13_08',
    day: 217,
    isUk: true,
    utmZone: '30N',
    defaultProjection: 'UKBNG',
    optimalPixelSize: 2,
  });
  expect(flight.lines.map(({ name, sensor, bands }) => [name, sensor, bands.length])).toEqual([
    ['f21701', 'fenix', 20],
    ['f21702', 'fenix', 22],
  ]);
  expect(flight.lines[0]!.bands[0]).toEqual({ number: 1, wavelengthNm: 380 });
  const submitted = await scops.submit(
    order({ flight, lines: [{ name: 'f21701' }, { name: 'f21702', bands: [3, 9] }] }),
  );
  expect(submitted.configName).toBe('GB13_08_2014_217_20180307152824');
  const config = sim.configs.get(submitted.configName)!;
  expect(config).toContain(`projstring = ${submitted.tag}`);
  expect(config).toContain('band_range = 3-9');
  expect(config).toContain('bandratio = False');
  expect(await scops.orderExists(submitted.configName)).toBe(true);
  await scops.confirm(submitted.configName);
  sim.clock.advance(2 * 60_000);
  const processingId = await scops.findProcessingId(submitted);
  expect(processingId).toBe(sim.processingIds[0]);
  sim.clock.advance(20 * 60_000);
  const status = await scops.waitFor(processingId);
  expect(status.state).toBe('complete');
  expect(status.percent).toBe(100);
  expect(status.details).toMatchObject({ projstring: submitted.tag });
  const folder = tempDir();
  const files = await scops.download(processingId, folder).toArray();
  files.sort((one, other) => one.source.localeCompare(other.source));
  expect(files.map(({ source, status: result }) => [source, result])).toEqual([
    ['f21701', 'downloaded'],
    ['f21702', 'downloaded'],
  ]);
  expect((await listZip(files[0]!.path)).map(({ name }) => name)).toContain('f217013b_mapped.bil');
  const [whole] = await scops.download(processingId, folder, { products: 'project' }).toArray();
  expect(whole!.path).toMatch(/GB13_08_2014217\.zip$/u);
  const opened = await scops.open(processingId, 'f21701');
  const bytes = new Uint8Array(await new Response(opened.stream).arrayBuffer());
  expect(Buffer.from(bytes).equals(await readFile(files[0]!.path))).toBe(true);
});
