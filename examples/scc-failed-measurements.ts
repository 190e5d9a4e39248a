// Which measurements of a week failed, and why in the SCC's words; only the API, not the list, has exit codes.
import { sccSession } from '@lab/sdc';

await using scc = await sccSession();
for await (const { id, products } of scc.queryMeasurements({ dateStart: '2021-06-01', dateEnd: '2021-06-08' })) {
  if (!Object.values(products).some(({ status }) => status === 'error')) continue;
  const { products: detailed } = await scc.getMeasurement(id);
  for (const [module, { status, exitCode, message }] of Object.entries(detailed)) {
    if (status === 'error') console.log(id, module, exitCode, message);
  }
}
