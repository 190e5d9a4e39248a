export { ImapClient } from './client.js';
export {
  DATA_LEVELS,
  EXTENSIONS,
  INSTRUMENTS,
  PACKET_APIDS,
  RELEASE_TYPES,
  SPICE_TYPES,
  TABLES,
  type DataLevel,
  type ImapTable,
  type Instrument,
  type ReleaseType,
  type SpiceType,
} from './centre.js';
export { ProcessingInputCollection, type FileFetcher, type ProcessingInputFilter } from './inputs/collection.js';
export { type ProductVersions } from './inputs/serialize.js';
export { generateImapInput } from './inputs/kinds.js';
export { ProcessingInput, ProcessingInputError, type InputFilePath, type ProcessingInputType } from './inputs/input.js';
export { AncillaryInput, KernelInput, RepointInput, ScienceInput, SpiceInput, SpinInput } from './inputs/kinds.js';
export { AncillaryFamilyPath, AncillaryFilePath, ReleaseFilePath, type AncillaryFileParts } from './names/ancillary.js';
export { InvalidImapFileName, type InvalidNameReason } from './names/invalid.js';
export { parseImapFileName, type ImapFilePath } from './names/parse.js';
export { type ScienceFileParts } from './names/science.js';
export { ScienceFamilyPath, scienceNameParts, type ScienceNameParts } from './names/science-family.js';
export {
  DependencyFilePath,
  /** The former name of dependency files. */
  DependencyFilePath as CadenceFilePath,
  QuicklookFilePath,
  ScienceFilePath,
} from './names/science.js';
export { selectAncillary } from './names/ancillary.js';
export { type SpiceFileParts } from './names/spice-build.js';
export { SpiceFilePath, type NameOptions, type SpiceMetadata } from './names/spice.js';
export { Version } from './names/version.js';
export {
  type DailyPacketQuery,
  type PacketFile,
  type PacketOptions,
  type PacketSource,
  type RepointingPacketQuery,
} from './packets/types.js';
export { type PacketWindow } from './packets/windows.js';
export {
  type Downloadable,
  type ImapDownloadOptions,
  type ImapFile,
  type ImapMirrorQuery,
  type ImapOptions,
  type ImapQuery,
  type ImapUploadOptions,
  type ImapUploadResult,
  type JobLogEvent,
  type MetakernelQuery,
  type ProcessingJob,
  type ProcessingJobQuery,
  type ProcessingLog,
  type ReleaseOptions,
  type ReleaseQuery,
  type ReprocessQuery,
  type SpiceFile,
  type SpiceQuery,
  type TableFile,
  type TableQuery,
  type VerifiedFile,
} from './types.js';
