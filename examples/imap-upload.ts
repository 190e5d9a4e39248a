// Upload a file. Its name is checked before anything is sent; a file that the archive already has is compared, not sent again.
import { copyFile } from 'node:fs/promises';
import { AlreadyExists, ImapClient } from '@lab/sdc';

await copyFile(
  'data/imap_codice_l1a_hi-counters-aggregated_20240429_v001.0001.cdf',
  'imap_swe_l1b_sci_20260301_v001.0001.cdf',
);
await using imap = new ImapClient();
try {
  const { name, status, bytes } = await imap.upload('imap_swe_l1b_sci_20260301_v001.0001.cdf', {
    existing: 'accept-identical',
    onProgress: ({ bytes: sent, totalBytes }) => console.log(sent, 'of', totalBytes),
  });
  console.log(name, status, bytes);
} catch (error) {
  if (!(error instanceof AlreadyExists)) throw error;
  console.error('the archive has another file of this name; raise the version');
}
