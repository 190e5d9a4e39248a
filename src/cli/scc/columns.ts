import type { LidarConstant, Measurement, SccModule } from '../../scc/index.js';
import type { Column } from '../output/columns.js';

const MODULES: readonly (readonly [SccModule, string])[] = [
  ['upload', 'Upload'],
  ['hirelpp', 'HiRELPP'],
  ['cloudmask', 'CloudMask'],
  ['elpp', 'ELPP'],
  ['elda', 'ELDA'],
  ['eldec', 'ELDEC'],
  ['elic', 'ELIC'],
  ['elquick', 'ELQUICK'],
];

/** Measurements, as words or, with `codes`, as the SCC's own numbers. */
export function measurementColumns(codes = false): Column<Measurement>[] {
  return [
    { name: 'id', title: 'ID', value: ({ id }) => id },
    { name: 'station_code', title: 'Location', value: ({ stationCode }) => stationCode },
    { name: 'date_start', title: 'Start', value: ({ dateStart }) => dateStart },
    { name: 'date_end', title: 'End', value: ({ dateEnd }) => dateEnd },
    ...MODULES.map(([module, title]) => ({
      name: module,
      title,
      value: ({ products }: Measurement) => (codes ? products[module].code : products[module].status),
    })),
    { name: 'is_processing', title: 'Is Processing', value: ({ isProcessing }) => isProcessing },
  ];
}

/** Lidar constants, with the column names of the Python tool. */
export const CONSTANT_COLUMNS: readonly Column<LidarConstant>[] = [
  { name: 'measurement_id', value: ({ measurementId }) => measurementId },
  { name: 'channel_id', value: ({ channelId }) => channelId },
  { name: 'system_id', value: ({ systemId }) => systemId },
  { name: 'product_id', value: ({ productId }) => productId },
  { name: 'detection_wavelength', value: ({ detectionWavelength }) => detectionWavelength },
  { name: 'lidar_constant', value: ({ lidarConstant }) => lidarConstant },
  { name: 'lidar_constant_stat_err', value: ({ lidarConstantStatErr }) => lidarConstantStatErr },
  { name: 'profile_start_time', value: ({ profileStartTime }) => profileStartTime },
  { name: 'profile_end_time', value: ({ profileEndTime }) => profileEndTime },
  { name: 'calibration_window_bottom', value: ({ calibrationWindowBottom }) => calibrationWindowBottom },
  { name: 'calibration_window_top', value: ({ calibrationWindowTop }) => calibrationWindowTop },
  { name: 'creation_date', value: ({ creationDate }) => creationDate },
  { name: 'elda_version', value: ({ eldaVersion }) => eldaVersion },
];
