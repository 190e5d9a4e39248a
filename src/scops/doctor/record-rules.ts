import type { RecordRules } from '../../core/doctor/pseudonyms.js';
import { ELEVATION_MODELS, INTERPOLATIONS, VISIBLE_PARAMETERS } from '../centre.js';

/** What stays in recorded answers of SCOPS: the fields of its forms; no projects, lines or orders. */
export const RECORD_RULES: RecordRules = {
  words: [
    ...ELEVATION_MODELS,
    ...INTERPOLATIONS,
    ...VISIBLE_PARAMETERS,
    ...`processor jobrequest progress confirm bandratio status processingupdate downloads dem kmlpage utm zone ukbng proj string job code julian line lines
    check band start stop mask all none pixel bounds upload hdr ftp true false nm submit submitted successfully watch inbox us failed validation delivery
    tried finalised verify access level proper sortie`.split(/\s+/u),
  ],
  // Lines: `f21701`; orders are called by their project.
  ids: [/(?<![\da-z])[efho]\d{3}[a-z]?\d{2}(?![\da-z])/giu, /project=(?<id>[A-Za-z]\w+)/gu],
};
