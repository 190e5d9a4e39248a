// One run of a mirror in a process of its own: <what to mirror as JSON> <directory>. Prints a dot for each new file and at last its summary.
import { HmiClient } from '../../../src/hmi/index.js';
import { ImapClient } from '../../../src/imap/index.js';
import { SCC } from '../../../src/scc/index.js';
import type { Mirror } from '../../../src/types.js';
import { HMI_QUERY, IMAP_QUERY, SCC_QUERY, SERIES, type Place } from './queries.js';

const [job = '', directory = ''] = process.argv.slice(2);
const { room, url, credentials, clockMs } = JSON.parse(job) as Place & { readonly clockMs: number };

if (clockMs !== 0) {
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given: readonly [] | readonly [number | string | Date]) {
      super(given.length === 0 ? Real.now() + clockMs : given[0]);
    }
    static override now(): number {
      return Real.now() + clockMs;
    }
  } as DateConstructor;
}

const options = { baseUrl: url, retries: 0 };
function begin(): { readonly client: { close(): Promise<void> }; readonly run: Mirror } {
  if (room === 'imap') {
    const client = new ImapClient({ ...options, apiKey: credentials.apiKey ?? '' });
    return { client, run: client.mirror(IMAP_QUERY, { directory }) };
  }
  if (room === 'scc') {
    const { httpAuthUser = '', httpAuthPassword = '', username = '', password = '' } = credentials;
    const client = new SCC({ httpAuthUser, httpAuthPassword, username, password }, { ...options, keepAlive: false });
    return { client, run: client.mirror(SCC_QUERY, { directory }) };
  }
  const client = new HmiClient(options);
  return { client, run: client.mirror(SERIES, HMI_QUERY, { directory }) };
}

async function main(): Promise<void> {
  const { client, run } = begin();
  const errors: string[] = [];
  for await (const { status, error } of run) {
    if (status === 'new') process.stdout.write('.');
    if (error !== undefined) errors.push(`${error.code}: ${error.message}`);
  }
  console.log(`\n${JSON.stringify({ ...(await run.summary()), errors })}`);
  await client.close();
}

void main();
