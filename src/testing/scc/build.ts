import { toDate } from '../../core/util/dates.js';
import type { SimMeasurement, SimMeasurementInput, SimModule } from './model.js';
import { STATUS } from './model.js';

/** Configurations (system ids) of the sample stations. */
export const SYSTEMS: Readonly<Record<string, number>> = { aky: 437, fik: 186, cvo: 712, gra: 781, brc: 412, pot: 633 };

const ALL_DONE: Readonly<Record<SimModule, number>> = {
  upload: STATUS.ok,
  hirelpp: STATUS.ok,
  cloudmask: STATUS.ok,
  elpp: STATUS.ok,
  elda: STATUS.ok,
  eldec: STATUS.notRun,
  elic: STATUS.ok,
  elquick: STATUS.ok,
};
const CALIBRATION_DONE: Readonly<Record<SimModule, number>> = {
  upload: STATUS.ok,
  hirelpp: STATUS.notRun,
  cloudmask: STATUS.notRun,
  elpp: STATUS.ok,
  elda: STATUS.notRun,
  eldec: STATUS.ok,
  elic: STATUS.notRun,
  elquick: STATUS.notRun,
};
const NOTHING_DONE: Readonly<Record<SimModule, number>> = {
  upload: STATUS.ok,
  hirelpp: STATUS.notRun,
  cloudmask: STATUS.notRun,
  elpp: STATUS.notRun,
  elda: STATUS.notRun,
  eldec: STATUS.notRun,
  elic: STATUS.notRun,
  elquick: STATUS.notRun,
};

/** A measurement with what was left out made up: finished, one hour long, at the time in its id. */
export function buildMeasurement(input: SimMeasurementInput): SimMeasurement {
  const isCalibration = input.isCalibration ?? false;
  const base = input.run !== undefined ? NOTHING_DONE : isCalibration ? CALIBRATION_DONE : ALL_DONE;
  const station = input.station ?? stationOf(input.id);
  const start = moment(input.start, () => startOf(input.id));
  const stop = moment(input.stop, () => later(start, 60));
  const created = moment(input.created, () => later(stop, 130));
  return {
    id: input.id,
    station,
    system: input.system ?? SYSTEMS[station] ?? 437,
    start,
    stop,
    created,
    updated: moment(input.updated, () => later(created, 19)),
    isCalibration,
    statuses: { ...base, ...input.statuses },
    exitCodes: { ...input.exitCodes },
    isProcessing: 'isProcessing' in input ? input.isProcessing : false,
    isQueued: 'isQueued' in input ? input.isQueued : false,
    isDelayed: 'isDelayed' in input ? input.isDelayed : false,
    run: input.run,
    lastRun: input.lastRun,
    raw: input.raw,
    filesDespite: input.filesDespite ?? [],
    related: input.related ?? [],
    protectedBy: input.protectedBy ?? [],
  };
}

/** The station code in an id. */
export function stationOf(id: string): string {
  return /^\d{8}([a-z]{2,3})/.exec(id)?.[1] ?? 'aky';
}

/** The moment in an id; a tail that is no time counts as midnight. */
export function startOf(id: string): Date {
  const [, year = '2021', month = '06', day = '01'] = /^(\d{4})(\d{2})(\d{2})/.exec(id) ?? [];
  const [, hour = '00', minute = '00'] = /[a-z](\d{2})(\d{2})$/.exec(id) ?? [];
  const valid = Number(hour) < 24 && Number(minute) < 60;
  const time = valid ? [Number(hour), Number(minute)] : [0, 0];
  return new Date(Date.UTC(Number(year), Number(month) - 1, Number(day), time[0], time[1]));
}

function later(date: Date | undefined, minutes: number): Date | undefined {
  return date === undefined ? undefined : new Date(date.getTime() + minutes * 60_000);
}

function moment(value: Date | string | null | undefined, otherwise: () => Date | undefined): Date | undefined {
  if (value === null) return undefined;
  return value === undefined ? otherwise() : toDate(value, 'simulateScc: data.measurements');
}
