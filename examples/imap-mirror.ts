// Keep a mirror: everything of an instrument that the archive has added since a given day. Run again, it fetches only what is missing.
import { ImapClient } from '@lab/sdc';

await using imap = new ImapClient({ dataDir: 'mirror' });
const files = await imap.query({ instrument: 'mag', ingestionStartDate: '2026-01-01' });
let failed = 0;
for await (const file of imap.downloadAll(files, { onFailure: 'yield', concurrency: 8 })) {
  if (file.status !== 'failed') continue;
  failed += 1;
  console.error(file.source, file.error.message);
}
console.log(`${files.length - failed} of ${files.length} files are there`);
