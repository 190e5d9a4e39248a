import type { DateLike } from '../../types.js';
import type { SpiceType } from '../centre.js';
import { formatDay, formatDayOfYear, toMoment } from './days.js';
import { InvalidImapFileName } from './invalid.js';

/** The parts from which a kernel's name is built; each kind needs some of them. */
export interface SpiceFileParts {
  /** The kind, such as `attitude_history`; it decides the form of the name and which of the other parts are used. */
  readonly type: Exclude<SpiceType, 'kernels'>;
  /** Digits as they are to be written, or a number. */
  readonly version?: string | number;
  /** First day (UTC) of the coverage, needed by kinds whose names hold one; `metakernel` uses its year alone. */
  readonly startDate?: DateLike;
  /** Last day (UTC) of the coverage, needed by kinds whose names hold one; the only date of `repoint`. */
  readonly endDate?: DateLike;
  /** Only of `earth_attitude`. */
  readonly predictionStartDate?: DateLike;
  /** Only of `thruster`: the word before the version. */
  readonly word?: string;
}

const EPHEMERIDES: Partial<Record<SpiceType, string>> = {
  ephemeris_reconstructed: 'recon',
  ephemeris_nominal: 'nom',
  ephemeris_predicted: 'pred',
  ephemeris_90days: '90days',
  ephemeris_long: 'long',
  ephemeris_launch: 'launch',
};

const NUMBERED: Partial<Record<SpiceType, readonly [stem: string, extension: string, digits: number]>> = {
  leapseconds: ['naif', 'tls', 4],
  planetary_constants: ['pck', 'tpc', 5],
  planetary_ephemeris: ['de', 'bsp', 3],
  lagrange_point: ['L1_de', 'bsp', 3],
  spacecraft_clock: ['imap_sclk_', 'tsc', 4],
  imap_frames: ['imap_', 'tf', 3],
  science_frames: ['imap_science_', 'tf', 4],
};

/**
 * Builds a kernel's name.
 *
 * @throws `InvalidImapFileName` when a part is missing or has another form.
 */
export function buildSpiceName(parts: SpiceFileParts): string {
  const { type } = parts;
  const numbered = NUMBERED[type];
  if (numbered !== undefined) return `${numbered[0]}${version(parts, numbered[2])}.${numbered[1]}`;
  const ephemeris = EPHEMERIDES[type];
  if (ephemeris !== undefined) {
    return `imap_${ephemeris}_${day(parts, 'startDate')}_${day(parts, 'endDate')}_v${version(parts, 2)}.bsp`;
  }
  const span = (): string => `${yearDay(parts, 'startDate')}_${yearDay(parts, 'endDate')}`;
  switch (type) {
    case 'attitude_history':
      return `imap_${span()}_${version(parts, 3)}.ah.bc`;
    case 'attitude_predict':
      return `imap_${span()}_${version(parts, 3)}.ap.bc`;
    case 'pointing_attitude':
      return `imap_dps_${span()}_${version(parts, 3)}.ah.bc`;
    case 'spin':
      return `imap_${span()}_${version(parts, 2)}.spin.csv`;
    case 'repoint':
      return `imap_${yearDay(parts, 'endDate')}_${version(parts, 2)}.repoint.csv`;
    case 'thruster':
      return `imap_${span()}_${parts.word ?? 'hist'}_${version(parts, 2)}.sff`;
    case 'metakernel':
      return `imap_sdc_metakernel_${day(parts, 'startDate').slice(0, 4)}_v${version(parts, 3)}.tm`;
    case 'earth_attitude': {
      const dates = (['startDate', 'endDate', 'predictionStartDate'] as const).map((name) => shortDay(parts, name));
      return `earth_${dates.join('_')}.bpc`;
    }
    default:
      throw new InvalidImapFileName(`the names of kernels of type ${type} are not known`, type, 'spice_type');
  }
}

function moment(parts: SpiceFileParts, name: 'startDate' | 'endDate' | 'predictionStartDate'): number {
  const value = parts[name];
  if (value === undefined) {
    throw new InvalidImapFileName(`a file of type ${parts.type} needs ${name}`, parts.type, 'date');
  }
  return toMoment(value, name);
}

function day(parts: SpiceFileParts, name: 'startDate' | 'endDate' | 'predictionStartDate'): string {
  return formatDay(moment(parts, name));
}

/** `yymmdd`: two digits of a year mean 1969 to 2068. */
function shortDay(parts: SpiceFileParts, name: 'startDate' | 'endDate' | 'predictionStartDate'): string {
  const text = day(parts, name);
  if (text >= '19690101' && text < '20690101') return text.slice(2);
  throw new InvalidImapFileName(
    `${name} of a file of type ${parts.type} must be from 1969 to 2068`,
    parts.type,
    'date',
  );
}

function yearDay(parts: SpiceFileParts, name: 'startDate' | 'endDate'): string {
  return formatDayOfYear(moment(parts, name));
}

function version(parts: SpiceFileParts, digits: number): string {
  const text = String(parts.version ?? '').padStart(digits, '0');
  if (parts.version === undefined || !/^[0-9]+$/u.test(text)) {
    throw new InvalidImapFileName(`a file of type ${parts.type} needs a version of digits`, parts.type, 'pattern');
  }
  return text;
}
