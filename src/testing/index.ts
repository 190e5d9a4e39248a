/**
 * The four centres, simulated: stateful, faithful to their protocols, and breakable on demand.
 *
 * @packageDocumentation
 */
export { simulateScc } from './scc/simulate.js';
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
export { simulateHmi } from './hmi/simulate.js';
export { simulateScops } from './scops/simulate.js';
export type {
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
