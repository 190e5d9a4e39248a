export { HmiClient } from './client.js';
export type {
  HmiDownloadFileOptions,
  HmiDownloadOptions,
  HmiFile,
  HmiFileName,
  HmiKeywords,
  HmiLatestOptions,
  HmiMeta,
  HmiMetaOptions,
  HmiNearestOptions,
  HmiOptions,
  HmiMirrorOptions,
  HmiQuery,
  HmiRecord,
} from './types.js';
export { formatDateObs, parseDateObs } from './times/microseconds.js';
export { sameDateObs, toTRecIndex, tRecIndexToDate } from './times/tai.js';
export { formatTRec, parseTRec, taiMinusUtc, taiToUtc, utcToTai } from './times/tai.js';
