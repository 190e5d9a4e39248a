import type { SimDownload, SimMeasurement, SimModule } from './model.js';
import { STATUS } from './model.js';
import { makeNetcdf } from './netcdf-write.js';
import { stamp } from './text.js';

/** A file of a product, with its name inside the zip. */
export interface ProductFile {
  readonly name: string;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** The status that gates a download (scc.md, 9). */
export function gateOf(download: SimDownload, measurement: SimMeasurement): SimModule {
  switch (download) {
    case 'raw':
      return 'upload';
    case 'preprocessed':
      return 'elpp';
    case 'optical':
      return measurement.isCalibration ? 'eldec' : 'elda';
    case 'plots':
      return 'elda';
    default:
      return download;
  }
}

/** Whether a download has files: its module is done, or left some although it failed. */
export function hasProduct(measurement: SimMeasurement, download: SimDownload): boolean {
  return (
    measurement.statuses[gateOf(download, measurement)] === STATUS.ok || measurement.filesDespite.includes(download)
  );
}

/** The files of a download of a newer chain: a module that is none of {@link SIM_DOWNLOADS}, with products of its own. */
export function newerProductFiles(measurement: SimMeasurement, name: string): ProductFile[] {
  const { id, station } = measurement;
  const times = `${stamp(measurement.start)}_${stamp(measurement.stop)}_${id}`;
  const file = `${station}_001_0002250_${times}_${name}_${VERSION}.nc`;
  return [{ name: `${id}/${file}`, data: content(measurement, file) }];
}

const VERSION = 'v5.2.7';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==',
  'base64',
);

/** The files of a download, named as in the data rules (14.6, 14.7): the top folder is the id. */
export function productFiles(measurement: SimMeasurement, download: SimDownload): ProductFile[] {
  const { id, station } = measurement;
  const times = `${stamp(measurement.start)}_${stamp(measurement.stop)}_${id}`;
  const file = (name: string): ProductFile => ({ name: `${id}/${name}`, data: content(measurement, name) });
  const named = (type: string, middle: string, module: string): ProductFile =>
    file(`${station}_${type}_${middle}_${times}_${module}_${VERSION}.nc`);
  switch (download) {
    case 'raw':
      return [{ name: `${id}/${id}.nc`, data: measurement.raw ?? rawFile(measurement) }];
    case 'hirelpp':
      return [named('009', '0002221', 'hirelpp')];
    case 'cloudmask':
      return [file(`${station}_${times}_cloudscreen_${VERSION}.nc`)];
    case 'preprocessed':
      return [named('003', '0002223', 'elpp'), named('000', '0002224', 'elpp')];
    case 'optical':
      return measurement.isCalibration
        ? [named('006', '0532_0002380', 'eldec')]
        : [
            named('001', '0532_0002366', 'elda'),
            named('003', '0355_0002367', 'elda'),
            named('003', '1064_0002368', 'elda'),
          ];
    case 'plots':
      return [355, 532, 1064].map((wavelength) => ({
        name: `${id}/${station}_${String(wavelength).padStart(4, '0')}_${times}_elda.png`,
        data: new Uint8Array(PNG),
      }));
    case 'elic':
      return [named('009', '0002231', 'elic')];
    case 'elquick':
      return [named('009', '0002241', 'elquick')];
  }
}

function rawFile(measurement: SimMeasurement): Uint8Array<ArrayBuffer> {
  const start = measurement.start?.toISOString() ?? '1970-01-01T00:00:00';
  const stop = measurement.stop?.toISOString() ?? start;
  return makeNetcdf({
    Measurement_ID: measurement.id,
    RawData_Start_Date: start.slice(0, 10).replaceAll('-', ''),
    RawData_Start_Time_UT: start.slice(11, 19).replaceAll(':', ''),
    RawData_Stop_Time_UT: stop.slice(11, 19).replaceAll(':', ''),
  });
}

function content(measurement: SimMeasurement, name: string): Uint8Array<ArrayBuffer> {
  const { id, station, lastRun } = measurement;
  const attributes = {
    measurement_ID: id,
    station_ID: station,
    source_file: name,
    ...(lastRun !== undefined && { processing_run: String(lastRun) }),
  };
  return makeNetcdf(attributes, 256);
}
