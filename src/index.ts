/**
 * One SDK for four science data centres: {@link SCC} (lidar), {@link ImapClient} (IMAP spacecraft), {@link HmiClient}
 * (solar magnetograms) and {@link ScopsClient} (airborne hyperspectral images).
 *
 * @packageDocumentation
 */
export {
  AlreadyExists,
  ConfigError,
  FlightNotFound,
  Forbidden,
  isSdcError,
  JobNotFound,
  MeasurementNotFound,
  NetworkError,
  NotFoundError,
  PageNotAccessible,
  ProcessingFailed,
  ProductNotAvailable,
  RateLimited,
  RejectedError,
  RemoteFileNotFound,
  SCCError,
  SdcError,
  SessionExpired,
  TimeoutError,
  TransferError,
  UnexpectedResponse,
  WaitTimeout,
  WrongCredentials,
} from './errors.js';
export type { Centre, CredentialLayer, SdcErrorCode, SdcErrorInit } from './errors.js';
export type {
  CallOptions,
  ClientOptions,
  DateLike,
  DownloadedFile,
  DownloadOptions,
  Downloads,
  FailedDownload,
  Logger,
  OpenedFile,
  OverwriteMode,
  Page,
  Pager,
  TransferProgress,
  WaitOptions,
} from './types.js';
export { VERSION } from './core/config/version.js';

export { loadSccSettings, SCC, SCC_MODULES, SCC_PRODUCTS, sccSession } from './scc/index.js';
export type {
  AncillaryFile,
  AncillaryType,
  DateQuery,
  FailedUpload,
  IdQuery,
  LidarConstant,
  Measurement,
  ModuleState,
  ProcessedFile,
  ProcessOptions,
  ProductOptions,
  ProductStatus,
  RerunStep,
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
  UploadSource,
} from './scc/index.js';

export {
  formatDateObs,
  formatTRec,
  HmiClient,
  parseDateObs,
  parseTRec,
  sameDateObs,
  taiMinusUtc,
  taiToUtc,
  toTRecIndex,
  tRecIndexToDate,
  utcToTai,
} from './hmi/index.js';
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
  HmiQuery,
  HmiRecord,
} from './hmi/index.js';
