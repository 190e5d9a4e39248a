export { SCC } from './client.js';
export { sccSession } from './session/scc-session.js';
export { loadSccSettings } from './session/load-settings.js';
export { SCC_MODULES, SCC_PRODUCTS } from './centre.js';
export type {
  AncillaryFile,
  AncillaryType,
  FailedUpload,
  KnownProduct,
  LidarConstant,
  Measurement,
  ModuleState,
  ProcessedFile,
  ProcessOptions,
  ProductOptions,
  ProductStatus,
  SccCredentials,
  SccModule,
  SccOptions,
  SccProduct,
  SccSettings,
  UploadedFile,
  UploadFilesOptions,
  UploadItem,
  UploadOptions,
  UploadResult,
  DateQuery,
  IdQuery,
  RerunStep,
  UploadSource,
} from './types.js';
