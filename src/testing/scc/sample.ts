import { buildMeasurement, SYSTEMS } from './build.js';
import type { SimAncillary, SimLidarConstant, SimMeasurement, SimMeasurementInput } from './model.js';
import { STATUS } from './model.js';
import { stagesOf } from './timeline.js';

const DAY_MS = 86_400_000;
const STATIONS = Object.keys(SYSTEMS);
const JUNE = Array.from({ length: 30 }, (_unused, index) => String(index + 1).padStart(2, '0'));

/** How the measurements of a month end: mostly well. */
const ENDINGS: readonly Pick<SimMeasurementInput, 'statuses' | 'exitCodes' | 'filesDespite'>[] = [
  {},
  {},
  { exitCodes: { hirelpp: { exit_code: 0, description: 'ok' }, elpp: { exit_code: 0, description: 'ok' } } },
  {},
  {
    statuses: { elpp: STATUS.failed, elda: STATUS.notRun, elic: STATUS.notRun, elquick: STATUS.notRun },
    exitCodes: {
      hirelpp: { exit_code: 0, description: 'ok' },
      elpp: { exit_code: 21, description: 'no usable profile is left after quality control' },
    },
  },
  {},
  {
    statuses: { elda: STATUS.failed },
    exitCodes: { elda: { exit_code: 7, description: 'the calibration window holds too few points' } },
    filesDespite: ['optical'],
  },
  { statuses: { hirelpp: STATUS.notRun, cloudmask: STATUS.notRun, elic: STATUS.notRun } },
  {},
  { exitCodes: { elda: { exit_code: 2, description: 'one product was skipped' } } },
  { statuses: { elquick: STATUS.notRun } },
];

/** A month of measurements of six stations: most are done, a few failed, some are on their way. */
export function sampleMeasurements(startOfClock: number): SimMeasurement[] {
  const inputs: SimMeasurementInput[] = JUNE.slice(0, 29).flatMap((day, dayIndex) =>
    STATIONS.map((station, index) => {
      const hour = String((dayIndex * 7 + index * 3) % 24).padStart(2, '0');
      return {
        id: `202106${day}${station}${hour}00`,
        ...ENDINGS[(dayIndex * STATIONS.length + index) % ENDINGS.length],
      };
    }),
  );
  for (const [day, tail] of [
    ['05', '2335'],
    ['12', '2353'],
    ['19', '2310'],
  ] as const) {
    inputs.push({ id: `202106${day}aky${tail}`, isCalibration: true, start: `2021-06-${day}T23:00:00Z` });
  }
  inputs.push({ id: '20210615po01', station: 'pot', start: '2021-06-15T01:00:00Z' });
  inputs.push({ id: '20210622brc4306', start: '2021-06-22T20:15:00Z', stop: '2021-06-22T21:45:00Z' });
  inputs.push(...onTheirWay(startOfClock));
  return inputs.map(buildMeasurement).sort((one, other) => (one.start?.getTime() ?? 0) - (other.start?.getTime() ?? 0));
}

function onTheirWay(since: number): SimMeasurementInput[] {
  const run = { since, notBefore: since, waitsFor: [], stages: stagesOf('all', false), outcomes: {} };
  return [
    { id: '20210630aky0100', run: { ...run, since: since - 20_000, notBefore: since - 20_000 } },
    { id: '20210630fik0400', run },
    { id: '20210630cvo0100', run: { ...run, waitsFor: ['rs_20210630cvo01.nc'] } },
    { id: '20210630gra1000', run: { ...run, notBefore: since + DAY_MS } },
    { id: '20210630brc1300', run: { ...run, outcomes: { elda: { status: STATUS.failed, exitCode: 7 } } } },
    { id: '20210630pot1600', run: { ...run, outcomes: { elpp: { status: STATUS.failed, exitCode: 21 } } } },
  ];
}

/** Ancillary files: radiosondes of every fifth day, some other kinds, and one that nobody has sent yet. */
export function sampleAncillaries(): Omit<SimAncillary, 'id'>[] {
  const sondes = JUNE.filter((_unused, index) => index % 5 === 0).flatMap((day) =>
    STATIONS.map((station) => ({
      kind: 'sounding' as const,
      filename: `rs_202106${day}${station}00.nc`,
      status: 'available',
    })),
  );
  return [
    ...sondes,
    { kind: 'sounding', filename: 'rs_20210630cvo01.nc', status: 'missing' },
    { kind: 'overlap', filename: 'ov_20210601aky01.nc', status: 'available' },
    { kind: 'overlap', filename: 'ov_20210601gra01.nc', status: 'missing' },
    { kind: 'lidarratio', filename: 'lr_20210601aky01.nc', status: 'available' },
  ];
}

/** Two lidar constants a measurement, from two stations. */
export function sampleConstants(measurements: readonly SimMeasurement[]): SimLidarConstant[] {
  return measurements
    .filter(({ station, statuses }) => (station === 'aky' || station === 'fik') && statuses.elda === STATUS.ok)
    .flatMap((measurement, index) =>
      [355, 532].map((wavelength, channel) => ({
        measurementId: measurement.id,
        station: measurement.station,
        channelId: String(493 + channel),
        systemId: String(measurement.system),
        productId: String(2051 + channel),
        detectionWavelength: wavelength.toFixed(1),
        lidarConstant: `${(3.4 + index / 100 + channel).toFixed(2)}e+13`,
        lidarConstantStatErr: '5.0e+11',
        profileStartTime: measurement.start,
        profileEndTime: measurement.stop,
        calibrationWindowBottom: '1800.0',
        calibrationWindowTop: '2600.0',
        creationDate: measurement.updated,
        eldaVersion: '5.2.7',
      })),
    );
}
