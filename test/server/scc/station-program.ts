// A station in a process of its own, which ends when all that is there is done or failed.
// <base URL> <credentials as JSON> <raw files> <products> <options as JSON>
import { SCC, type SccCredentials, type StationOptions } from '../../../src/scc/index.js';

const [baseUrl = '', credentials = '', folder = '', directory = '', options = '{}'] = process.argv.slice(2);
const scc = new SCC(JSON.parse(credentials) as SccCredentials, { baseUrl, retries: 1 });
const station = scc.station(folder, {
  systemId: 437,
  directory,
  once: true,
  pollIntervalMs: 20,
  stableMs: 1,
  settleMs: 500,
  ...(JSON.parse(options) as Partial<StationOptions>),
});
for await (const { measurementId = '', state, error } of station)
  process.stdout.write(`${measurementId} ${state} ${error?.message ?? ''}\n`);
await scc.close();
