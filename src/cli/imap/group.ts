import type { GroupSpec } from '../command/spec.js';
import { download } from './download.js';
import { login } from './login.js';
import { processingJobs, processingLogs } from './jobs.js';
import { metakernel } from './metakernel.js';
import { mirror } from './mirror.js';
import { query } from './query.js';
import { release } from './release.js';
import { reprocess } from './reprocess.js';
import { repointTable, smallForcesTable, spinTable } from './tables.js';
import { upload } from './upload.js';
import { webpoda } from './webpoda.js';

/** `sdc imap …`. */
export const imapGroup: GroupSpec = {
  name: 'imap',
  summary: 'IMAP Science Data Center: find, download and upload files of the mission',
  options: [
    { flags: '--url <url>', text: 'where the Science Data Center is' },
    {
      flags: '--api-key <key>',
      text: 'API key; visible to others in the process list, so prefer login or IMAP_API_KEY',
    },
    { flags: '--webpoda-token <token>', text: 'packet service token; likewise visible to others' },
    { flags: '--webpoda-url <url>', text: 'where the packet service is' },
    { flags: '--data-dir <folder>', text: 'where files go; must exist' },
  ],
  words: {
    accessToken: 'the setting imap.access_token',
    baseUrl: '--url',
    by: '--query-mode',
    cr: '--cr',
    endTime: '--end-date',
    filePath: '--filename',
    manuallyReprocessed: 'the mark of a reprocessed file',
    spiceQuery: '--table spice',
    startTime: '--start-date',
    waitUntilIndexed: '--wait',
  },
  commands: [
    login,
    query,
    download,
    mirror,
    upload,
    reprocess,
    release,
    webpoda,
    metakernel,
    spinTable,
    repointTable,
    smallForcesTable,
    processingJobs,
    processingLogs,
  ],
};
