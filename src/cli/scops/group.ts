import type { GroupSpec } from '../command/spec.js';
import { bandMath } from './band-math.js';
import { demError, reuploadDem } from './dem.js';
import { download } from './download.js';
import { flight } from './flight.js';
import { login } from './login.js';
import { hostCommands } from './host.js';
import { process } from './process.js';
import { status, watch } from './status.js';
import { confirm, findId, findOrder, submit } from './submit.js';

/** `sdc scops …`. */
export const scopsGroup: GroupSpec = {
  name: 'scops',
  summary: 'SCOPS: processing of airborne hyperspectral flight lines',
  options: [
    { flags: '--base-url <url>', text: 'where SCOPS is, with the path of its mount (/processor)' },
    { flags: '--project <code>', text: 'project code, which is the user name too' },
    { flags: '--server-time-zone <zone>', text: "zone of the server's clock, such as Europe/London" },
    { flags: '--allow-insecure', text: 'allow plain http; the password then travels readably' },
  ],
  words: {
    equations: '--equation',
    findConfigName: 'find-order',
    findProcessingId: 'find-id',
    getBandMath: 'band-math',
    getDemError: 'dem-error',
    getFlight: 'flight',
    getStatus: 'status',
    lines: '--line',
    password: 'the setting scops.password',
    plugins: '--plugin',
    submitBandMath: 'band-math',
    waitFor: 'watch',
  },
  commands: [
    login,
    flight,
    submit,
    bandMath,
    confirm,
    findId,
    findOrder,
    status,
    watch,
    download,
    process,
    demError,
    reuploadDem,
    ...hostCommands,
  ],
};
