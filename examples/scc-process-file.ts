// Upload one measurement, wait for its processing, unpack the products.
import { sccSession } from '@lab/sdc';

await using scc = await sccSession();
const { measurement, files } = await scc.processFile('data/20210601aky0930.nc', 437, 'products', {
  soundingFile: 'data/rs_20210601aky09.nc',
  extract: true,
});
console.log(
  measurement.id,
  Object.entries(measurement.products).map(([module, { status }]) => `${module}=${status}`),
);
for (const { source, extracted = [] } of files) console.log(source, extracted.length, 'files');
