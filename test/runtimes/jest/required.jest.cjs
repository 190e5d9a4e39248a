/* global expect, test */
test('CommonJS tests import it on demand', async () => {
  const { SCC } = await import('@lab/sdc');
  const { simulateScc } = await import('@lab/sdc/testing');
  const sim = simulateScc();
  const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch });
  expect((await scc.getMeasurement('20210615po01')).id).toBe('20210615po01');
  await scc.close();
});
