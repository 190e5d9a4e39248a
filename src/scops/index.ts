export { ScopsClient } from './client.js';
export { OrderStoredWithoutName } from './order/stored-without-name.js';
export { parseScopsMail, type ScopsMail } from './decode/mail.js';
export { bandAt } from './band-math/wavelengths.js';
export { ndbi, ndre, ndvi, ndwi, normalizedDifference, pri, savi } from './band-math/indices.js';
export { formatScopsConfig } from './config/format.js';
export { parseScopsConfig } from './config/parse.js';
export type { ScopsConfig } from './config/types.js';
export { scopsEnvironment, type QueueSystem, type ScopsEnvironment } from './workspace/environment.js';
export { newScopsConfig, type HostOrder } from './config/new-config.js';
export { ScopsWorkspace } from './workspace/workspace.js';
export type {
  WorkspaceOptions,
  WorkspaceOrder,
  WorkspaceOrderState,
  WorkspacePlugin,
  WorkspaceProduct,
  WorkspaceWaitOptions,
} from './workspace/types.js';
export type {
  Band,
  BandMathForm,
  BandMathRequest,
  DemError,
  DemFile,
  FindConfigNameOptions,
  FindProcessingIdOptions,
  Flight,
  FlightDay,
  FlightLine,
  GeoBounds,
  LineOrder,
  LostOrder,
  ReuploadDemOptions,
  ScopsDownloadOptions,
  ScopsInterpolation,
  ScopsMask,
  ScopsOptions,
  ScopsOrder,
  ScopsProcessOptions,
  ScopsProcessResult,
  ScopsProduct,
  ScopsProductState,
  ScopsSensor,
  ScopsStage,
  ScopsState,
  ScopsStatus,
  ScopsWaitOptions,
  SentBandMath,
  SubmitOptions,
  SubmittedOrder,
} from './types.js';
