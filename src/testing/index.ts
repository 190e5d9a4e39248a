/**
 * The four centres, simulated: stateful, faithful to their protocols, and able to fail on demand.
 *
 * @module @lab/sdc/testing
 */
export { simulateScc } from './scc/simulate.js';
export type { SimApiRecords } from './scc/api/record.js';
export type {
  DownloadMode,
  RowDefect,
  SccSimulator,
  SccSimulatorOptions,
  SimPermissions,
  SimProcessing,
  SimSccCredentials,
  UploadOutcome,
} from './scc/options.js';
export type {
  SimAncillary,
  SimAncillaryKind,
  SimDownload,
  SimExitCode,
  SimLidarConstant,
  SimMeasurement,
  SimMeasurementInput,
  SimModule,
  SimOutcome,
  SimRun,
  SimStage,
} from './scc/model.js';
export type { SccProfileName } from './scc/profiles.js';
export { simulateImap } from './imap/simulate.js';
export type {
  ImapCredentials,
  ImapKeyScope,
  ImapSampleFile,
  ImapSampleJob,
  ImapSamplePacket,
  ImapSimulator,
  ImapSimulatorOptions,
} from './imap/options.js';
export { simulateHmi } from './hmi/simulate.js';
export type { HmiGeneration } from './hmi/generations.js';
export type { HmiSimCredentials, HmiSimulator } from './hmi/simulate.js';
export type { HmiOddity } from './hmi/oddities.js';
export type { HmiDisposition, HmiSimulatorOptions } from './hmi/options.js';
export type { HmiSimData, HmiSimFile, HmiSimMeta, HmiSimRange, HmiSimRecordInput } from './hmi/records.js';
export type { HmiFileForm } from './hmi/rows.js';
export type { HmiRouteKind } from './hmi/routes.js';
export { simulateScops } from './scops/simulate.js';
export type {
  ScopsCronEntry,
  ScopsHost,
  ScopsLineFate,
  ScopsMail,
  ScopsOperator,
  ScopsSampleFlight,
  ScopsSampleLine,
  ScopsSimulator,
  ScopsSimulatorCredentials,
  ScopsSimulatorOptions,
  ScopsStage,
  ScopsStatusRow,
  ScopsTiming,
} from './scops/types.js';
export type { LazyBytes } from './kit/files.js';
export type {
  Bytes,
  ClockOptions,
  Fault,
  FaultPlan,
  FaultRule,
  Listening,
  MswHandler,
  RecordedRequest,
  SimClock,
  Simulator,
} from './kit/types.js';
