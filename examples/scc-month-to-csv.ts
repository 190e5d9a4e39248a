// One month of a station as CSV on standard output.
import { SCC_MODULES, sccSession } from '@lab/sdc';

await using scc = await sccSession();
console.log(['id', 'start', 'end', ...SCC_MODULES].join(','));
const month = { dateStart: '2021-06-01', dateEnd: '2021-07-01', station: 'aky' };
for await (const { id, dateStart, dateEnd, products } of scc.queryMeasurements(month)) {
  const states = SCC_MODULES.map((module) => products[module].status);
  console.log([id, dateStart?.toISOString(), dateEnd?.toISOString(), ...states].join(','));
}
