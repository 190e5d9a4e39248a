import type { RecordRules } from '../../core/doctor/pseudonyms.js';
import { SCC_PRODUCTS, SCC_MODULES, VISIBLE_PARAMETERS } from '../centre.js';

/** What stays in recorded answers of the SCC: the words of Django's admin and of the chain; no stations, systems or people. */
export const RECORD_RULES: RecordRules = {
  words: [
    ...SCC_MODULES,
    ...SCC_PRODUCTS,
    ...VISIBLE_PARAMETERS,
    ...`accounts v1 django grappelli grp jet measurement measurements quick lidarconstant lidar constant constants changelist preprocessed optical
    sounding overlap lidarratio ratio ancillary station single calculus chain executed csrfmiddlewaretoken csrftoken sessionid csrf is being processed creation running queued systems
    delayed calibration evo exit code objects limit offset total count resource uri processing selected rerun ordering last hidden icon svg gif yes x
    site wrong administration`.split(/\s+/u),
  ],
  ids: [
    /(?<![\w-])\d{8}[a-z]{2,3}[\da-z]{2,4}(?![\w-])/giu,
    // Systems: in the form of an upload, on the page of a measurement, in the API.
    /<option value="(?<id>\d+)"/gu,
    /System<\/dt>\s*<dd>(?<id>\d+)/gu,
    /\/systems?\/(?<id>\d+)/gu,
    /"system":\s*"?(?<id>\d+)/gu,
  ],
  idFields: ['id', 'filename'],
  plainFields: ['start', 'stop', 'creation_date', 'updated_date', 'next', 'previous'],
};
