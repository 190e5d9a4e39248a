// A metakernel for some days, and the kernels it names.
import { writeFile } from 'node:fs/promises';
import { ImapClient } from '@lab/sdc';

await using imap = new ImapClient();
const span = { startTime: '2026-01-05', endTime: '2026-01-07' };
await writeFile('imap.tm', await imap.metakernel({ ...span, spicePath: 'kernels' }));
const names = await imap.metakernel({ ...span, listFiles: true });
for await (const { status, path } of imap.downloadAll(names, { directory: 'kernels' })) console.log(status, path);
