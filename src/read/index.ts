/**
 * Files as data: netCDF, CDF, FITS, CCSDS packets and ENVI cubes as typed arrays.
 *
 * @module @lab/sdc/read
 */
export {
  messagesOf,
  packetsOf,
  readPacket,
  type CcsdsMessage,
  type CcsdsPacket,
  type MessagesOptions,
  type PacketsOptions,
} from './ccsds/packets.js';
export { epoch16ToIso, epochToIso, tt2000ToIso } from './cdf/times.js';
export { DataError } from './data-error.js';
export {
  mapInfoOf,
  mapPosition,
  pixelPosition,
  type MapInfo,
  type MapPosition,
  type PixelPosition,
  type WithAttributes,
} from './envi/map-info.js';
export { openData } from './open-data.js';
export { plot } from './plot/plot.js';
export type { Plot, PlotColours, PlotData, PlotOptions } from './plot/types.js';
export { tableToCsv } from './table/csv.js';
export { tableToParquet } from './table/parquet.js';
export type {
  Attribute,
  AttributeScalar,
  DataFile,
  DataFormat,
  DataGroup,
  DataTable,
  DataType,
  NdArray,
  OpenDataOptions,
  ReadOptions,
  TypedArray,
  Variable,
} from './types.js';
