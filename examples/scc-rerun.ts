// Process a measurement again, follow it, and download the results.
import { ProcessingFailed, sccSession } from '@lab/sdc';

await using scc = await sccSession();
const [measurement] = await scc
  .queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01' })
  .toArray({ limit: 1 });
if (measurement === undefined) throw new Error('no measurement in June 2021');
await scc.rerunProcessing(measurement.id);
try {
  await scc.waitForProcessing(measurement.id, {
    pollIntervalMs: 10,
    onState: ({ products }) => console.log(Object.values(products).map(({ status }) => status)),
  });
} catch (error) {
  if (!(error instanceof ProcessingFailed)) throw error;
  console.error(error.message); // which module failed, with its exit code; the others may have products
}
for await (const { path, bytes } of scc.downloadProducts(measurement.id, 'products')) console.log(path, bytes);
