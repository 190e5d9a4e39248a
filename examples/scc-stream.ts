// A product as a stream: straight to another program, another store or an HTTP response, without touching the disk.
import { createHash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { sccSession } from '@lab/sdc';

await using scc = await sccSession();
const ready = (await scc.queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-07-01' }).toArray()).find(
  ({ products }) => products.elpp.status === 'ok',
);
if (ready === undefined) throw new Error('no measurement has ELPP products');
const product = await scc.openProduct(ready.id, 'elpp');
const sha256 = createHash('sha256');
await pipeline(product.stream, sha256);
console.log(product.name, sha256.digest('hex'));
