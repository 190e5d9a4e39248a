import { defined } from '../../core/util/defined.js';
import { parseIso } from '../../core/util/dates.js';
import { modules, SCC_MODULES, STATUSES, type ModuleEntry } from '../centre.js';
import { stationOf } from '../names/ids.js';
import type { ApiMeasurement } from './schemas.js';
import type { Measurement, ModuleState } from '../types.js';
import { fieldOf } from '../../core/util/records.js';

/**
 * A measurement of the JSON API as ours. Only the id is required: the SCC's database allows a measurement without dates, and
 * fields came, went and were renamed before. What cannot be read is absent and a warning; what is null is absent.
 */
export function toMeasurement(api: ApiMeasurement, warn: (warning: string) => void): Measurement {
  const products = modules((_, entry) => moduleState(api, entry));
  const isProcessing =
    flagOf(api.is_being_processed) ??
    flagOf(api.is_running) ??
    SCC_MODULES.some((module) => module !== 'upload' && products[module].status === 'running');
  return defined({
    id: api.id,
    stationCode: textOf(api.station) ?? stationOf(api.id),
    systemId: systemOf(api.system),
    dateStart: momentOf(api, 'start', warn),
    dateEnd: momentOf(api, 'stop', warn),
    products,
    isProcessing,
    isQueued: flagOf(api.is_queued),
    isDelayed: flagOf(api.is_delayed),
    isCalibration: flagOf(api.is_calibration),
  });
}

/** Without the text itself in the warning: what a site sends may repeat a secret. */
function momentOf(api: ApiMeasurement, name: 'start' | 'stop', warn: (warning: string) => void): Date | undefined {
  const value = api[name];
  if (value === null || value === undefined || value === '') return undefined;
  const date = typeof value === 'string' ? parseIso(value.trim()) : undefined;
  if (date === undefined) warn(`measurement ${api.id} has no readable ${name}`);
  return date;
}

/** A yes or no: true and false, or the numbers of the database. */
function flagOf(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const text = typeof value === 'string' ? value.toLowerCase() : value;
  if (text === 1 || text === '1' || text === 'true') return true;
  return text === 0 || text === '0' || text === 'false' ? false : undefined;
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d{1,9}$/u.test(value) ? Number(value) : undefined;
}

/** A code of a station; some servers give the path of a resource in its place, which is none. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z]{2,3}$/u.test(value) ? value : undefined;
}

function moduleState(api: ApiMeasurement, { name: module, formerName, exitCodeField }: ModuleEntry): ModuleState {
  const code = numberOf(api[module] ?? api[formerName ?? '']);
  const exit = api[`${module}_exit_code`] ?? api[exitCodeField ?? ''];
  const message = fieldOf(exit, 'description');
  return defined({
    status: STATUSES.find((known) => known.code === code)?.status ?? 'unknown',
    code,
    exitCode: numberOf(fieldOf(exit, 'exit_code')),
    message: typeof message === 'string' && message !== '' ? message : undefined,
  });
}

/** The system is a number, a resource path or an object with an id, depending on the server. */
function systemOf(value: unknown): number | undefined {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'string') {
    const digits = /(?:^|\/)(\d{1,9})\/?$/u.exec(value)?.[1];
    return digits === undefined ? undefined : Number(digits);
  }
  return typeof value === 'object' && value !== null ? systemOf(Reflect.get(value, 'id')) : undefined;
}

/** A measurement, and when it was changed last. */
export interface ChangedMeasurement {
  readonly measurement: Measurement;
  /** The latest moment that it can have been; `undefined` where the SCC does not tell, or tells without a time zone. */
  readonly changedAt: Date | undefined;
}

const ZONE = /(?:Z|[+-]\d{2}(?::?\d{2})?)$/iu;
const SECONDS = /\d{2}:?\d{2}:?\d{2}(?:[.,]\d+)?\D/u;

/** When a record says that it was changed last: to the minute, it means the end of that minute. */
export function changedAt({ updated_date: value }: ApiMeasurement): Date | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.trim();
  const date = ZONE.test(text) ? parseIso(text) : undefined;
  if (date === undefined) return undefined;
  return SECONDS.test(text.slice('YYYY-MM-DD'.length)) ? date : new Date(date.getTime() + 60_000);
}
