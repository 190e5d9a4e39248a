// Each call is made while no file can be opened, and again a moment later.
import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSccSettings, SCC } from '@lab/sdc';
import { simulateScc } from '@lab/sdc/testing';

const folder = mkdtempSync(join(tmpdir(), 'descriptors-'));
const settings = join(folder, 'settings.yaml');
writeFileSync(settings, 'basic_credentials: [a, b]\nwebsite_credentials: [c, d]\n', { mode: 0o600 });
const sim = simulateScc();
const scc = new SCC(sim.credentials, { baseUrl: sim.baseUrl, fetch: sim.fetch, retries: 0 });
const calls = {
  'scc.settings': () => loadSccSettings(settings),
  'scc.login': () => scc.login(),
  'scc.downloadProducts': () => scc.downloadProducts('20210615po01', folder, { products: ['hirelpp'] }).toArray(),
};

function takeAll() {
  const taken = [];
  try {
    for (;;) taken.push(openSync(devNull));
  } catch {
    return taken;
  }
}

const outcome = async (call) => {
  try {
    await call();
    return { code: 'ok' };
  } catch (error) {
    return { code: error.code, ...(error.retryable && { retryable: true }) };
  }
};

const seen = {};
for (const [name, call] of Object.entries(calls)) {
  const taken = takeAll();
  const { code: first, ...more } = await outcome(call);
  for (const descriptor of taken) closeSync(descriptor);
  seen[name] = { first, ...more, then: (await outcome(call)).code };
}
console.log(JSON.stringify(seen));
