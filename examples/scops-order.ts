// Order two flight lines at two metres, without masks, bands 1 to 10 only.
import { ScopsClient } from '@lab/sdc';

await using scops = new ScopsClient();
const flight = await scops.getFlight({ year: 2014, day: 217 });
const order = await scops.submit({
  flight,
  lines: flight.lines.filter(({ orderable }) => orderable).map(({ name }) => ({ name, bands: [1, 10] })),
  email: 'you@example.org',
  masks: 'none',
  pixelSize: 2,
  interpolation: 'bilinear',
});
console.log(order.configName, await scops.orderExists(order.configName));
await scops.confirm(order.configName);
