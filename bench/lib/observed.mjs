// Small calls without a network: prints the processor time of one, in microseconds.
// node observed.mjs <bundle of the HMI room> <nobody|channels|logger>
import { subscribe, tracingChannel } from 'node:diagnostics_channel';
import { pathToFileURL } from 'node:url';

const CALLS = 1500;
const [bundle, who] = process.argv.slice(2);
const { HmiClient } = await import(pathToFileURL(bundle).href);
const listen = () => undefined;
if (who === 'channels') {
  tracingChannel('@lab/sdc:operation').subscribe({ start: listen, end: listen, asyncEnd: listen, error: listen });
  subscribe('@lab/sdc:request', listen);
}
const hmi = new HmiClient({
  baseUrl: 'http://hmi.example/',
  fetch: async () => new Response('{}', { headers: { 'content-type': 'application/json' } }),
  ...(who === 'logger' && { logger: { debug: listen, info: listen, warn: listen, error: listen } }),
});
const calls = async (count) => {
  for (let call = 0; call < count; call += 1) await hmi.describe();
};
await calls(500);
const before = process.cpuUsage();
await calls(CALLS);
const { user, system } = process.cpuUsage(before);
await hmi.close();
process.stdout.write(String((user + system) / CALLS));
