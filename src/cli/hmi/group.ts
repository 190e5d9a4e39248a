import type { GroupSpec } from '../command/spec.js';
import { download } from './download.js';
import { describe } from './describe.js';
import { latest, nearest } from './moment.js';
import { list } from './list.js';
import { meta } from './meta.js';
import { mirror } from './mirror.js';

/** `sdc hmi …`. */
export const hmiGroup: GroupSpec = {
  name: 'hmi',
  summary: 'FLARECAST HMI service: solar magnetograms as FITS',
  options: [
    { flags: '--base-url <url>', text: 'where the service is; default http://localhost:8001, the tunnel' },
    {
      flags: '--polite-delay <seconds>',
      text: 'pause between two requests; default none',
      number: { min: 0, max: 3600 },
    },
    {
      flags: '--no-rebase-urls',
      text: "follow links to the project's own hosts instead of fetching from the base URL",
    },
    { flags: '--allowed-origins <urls>', text: 'other hosts that such links may lead to', many: true },
  ],
  words: {
    batchSize: 'the size of a batch',
    cadenceMinutes: '--cadence',
    politeDelayMs: '--polite-delay',
    rebaseUrls: '--no-rebase-urls',
    sliceMs: '--slice',
    withinMs: '--within',
  },
  commands: [list, download, mirror, meta, latest, nearest, describe],
};
