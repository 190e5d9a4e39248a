import type { GroupSpec } from '../command/spec.js';
import { download } from './download.js';
import { list } from './list.js';
import { meta } from './meta.js';

/** `sdc hmi …`. */
export const hmiGroup: GroupSpec = {
  name: 'hmi',
  summary: 'FLARECAST HMI service: solar magnetograms as FITS',
  options: [{ flags: '--base-url <url>', text: 'where the service is; default http://localhost:8001, the tunnel' }],
  commands: [list, download, meta],
};
