// Test your own program against a simulated centre, in the same process, with a fault of your choice.
import assert from 'node:assert/strict';
import { ImapClient } from '@lab/sdc';
import { simulateImap } from '@lab/sdc/testing';

const sim = simulateImap();
sim.faults.add({ route: 'GET */query*', times: 1, fault: { kind: 'status', status: 503, retryAfter: 0 } });
await using imap = new ImapClient({ baseUrl: sim.baseUrl, fetch: sim.fetch });
const files = await imap.query({ instrument: 'mag' });
assert.ok(files.length > 0);
assert.equal(sim.faults.fired, 1);
assert.deepEqual(
  sim.requests.map(({ status }) => status),
  [503, 200],
);
console.log(files.length, 'files, although the first answer was a 503');
