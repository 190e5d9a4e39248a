import type { GroupSpec } from '../command/spec.js';
import { autoUploadCalibration } from './auto-calibration.js';
import { deleteMeasurements } from './delete.js';
import { download, sccDownload } from './download.js';
import { lidarConstants } from './lidar-constants.js';
import { list } from './list.js';
import { login } from './login.js';
import { mirror } from './mirror.js';
import { rerunAll, rerunElpp, rerunOptical } from './rerun.js';
import { search } from './search.js';
import { searchDownload } from './search-download.js';
import { station } from './station.js';
import { upload } from './upload.js';
import { processFile, uploadFile } from './upload-file.js';

/** `sdc scc …`. */
export const sccGroup: GroupSpec = {
  name: 'scc',
  summary: 'Single Calculus Chain: lidar measurements and their products',
  options: [{ flags: '--base-url <url>', text: 'where the SCC is' }],
  words: {
    callSign: 'the call sign',
    delayHours: '--delay',
    force: '--force-upload',
    getMeasurement: '"list --id-exact"',
    httpAuthPassword: 'the setting scc.http_auth_password',
    httpAuthUser: 'the setting scc.http_auth_user',
    idStartsWith: '--id-startswith',
    keepAlive: 'the reuse of connections',
    lidarRatioFile: '--lidarratio',
    overlapFile: '--overlap',
    rerunProcessing: 'rerun-all',
    settleMs: '--settle',
    skipCalibration: '--no-calibration',
    soundingFile: '--radiosounding',
    stableMs: '--stable',
    station: '--location',
    systemId: '--system',
    uploadTimeoutMs: '--upload-timeout',
  },
  commands: [
    login,
    uploadFile,
    processFile,
    upload,
    station,
    list,
    search,
    download,
    sccDownload,
    searchDownload,
    mirror,
    lidarConstants,
    rerunAll,
    rerunElpp,
    rerunOptical,
    deleteMeasurements,
    autoUploadCalibration,
  ],
};
