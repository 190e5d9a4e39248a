// One run of a mirror in a process of its own, which prints its summary.
import { ImapClient } from '../../../src/imap/index.js';

const [baseUrl = '', apiKey = '', directory = ''] = process.argv.slice(2);
const imap = new ImapClient({ baseUrl, apiKey, retries: 0 });
const run = imap.mirror({ instrument: 'mag', dataLevel: 'l1a' }, { directory });
for await (const { status } of run) if (status === 'new') process.stdout.write('.');
console.log(`\n${JSON.stringify(await run.summary())}`);
await imap.close();
