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
    { flags: '--base-url <url>', text: 'where SCOPS is, including its path (/processor)' },
    { flags: '--project <code>', text: 'project code, which is also the user name' },
    { flags: '--server-time-zone <zone>', text: "time zone of the server's clock, such as Europe/London" },
    { flags: '--allow-insecure', text: 'allow plain http; the password is then sent unencrypted' },
  ],
  words: {
    'bounds.east': 'the east of --bounds',
    'bounds.north': 'the north of --bounds',
    'bounds.south': 'the south of --bounds',
    'bounds.west': 'the west of --bounds',
    'dem.file': '--dem',
    'dem.header': '--dem-header',
    'order.sortie': 'the sortie of the order',
    'order.submittedAt': 'the time of the order',
    'order.tag': 'the tag of the order',
    'projection.proj': '--projection',
    allowPartial: 'the choice of incomplete orders',
    allowUnorderableLines: 'the choice of lines that cannot be ordered',
    configName: 'the name of the order',
    confirmSpacingMs: 'the time between confirmations',
    equations: '--equation',
    findConfigName: 'find-order',
    findProcessingId: 'find-id',
    getBandMath: 'band-math',
    getDemError: 'dem-error',
    getFlight: 'flight',
    getStatus: 'status',
    lines: '--line',
    onOrder: 'the report of orders',
    password: 'the setting scops.password',
    plugins: '--plugin',
    probeIntervalMs: 'the time between probes',
    processingId: 'the processing id',
    stallMs: 'the longest standstill',
    statusFrom: '--database',
    submitBandMath: 'band-math',
    waitFor: 'watch',
    windowMs: 'the span that is searched',
    withinSeconds: '--within',
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
