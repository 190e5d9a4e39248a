import type { Arguments } from '../../core/operation/arguments.js';
import { STATION_CODES } from '../centre.js';

/** Old: YYYYMMDDccNN; since SCC 5.1.1 up to 15 characters, recommended YYYYMMDDsssHHMM. Others are in use. */
const ID = /^[0-9]{8}[a-z]{2,3}[0-9a-zA-Z]{2,4}$/u;
const SAFE_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/u;

/** A measurement id that is safe to put into a path. Unusual ones pass, because the SCC does not check the pattern. */
export function requireMeasurementId(args: Arguments, id: unknown): string {
  const text = args.text(id, 'the measurement id').trim();
  if (!SAFE_ID.test(text)) {
    throw args.invalid(`${JSON.stringify(text.slice(0, 80))} is not a measurement id; one looks like 20210601aky0930`);
  }
  return text;
}

export function isUsualMeasurementId(id: string): boolean {
  return ID.test(id);
}

/** The station code inside an id of the form that the SCC recommends, such as `aky` in `20210601aky0930`; two letters are a call sign. */
export function stationOf(id: string): string | undefined {
  return /^\d{8}([a-z]{3})\d{4}$/u.exec(id)?.[1];
}

export function requireSystemId(args: Arguments, value: unknown): number {
  return args.integer(value, 'the system id', { min: 1, max: 1_000_000_000 });
}

/** A station code: three lower-case letters since SCC 5.1.1, two before. */
export function requireStation(args: Arguments, value: unknown): string {
  const text = args.text(value, 'the station');
  if (/^[a-z]{2,3}$/u.test(text)) return text;
  const code =
    STATION_CODES[
      text
        .trim()
        .toLowerCase()
        .replace(/[\s-]+/gu, '_')
    ];
  const near = /^[a-z]{2,3}$/iu.test(text.trim()) ? text.trim().toLowerCase() : code;
  throw args.invalid(
    `${JSON.stringify(text.slice(0, 80))} is not a station code; one is three lower-case letters, such as aky${
      near === undefined ? '' : `; did you mean ${near}?`
    } (the codes are in the SCC’s list of stations and in measurement ids)`,
  );
}
