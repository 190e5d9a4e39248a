import type { Arguments } from '../../core/operation/arguments.js';

/**
 * A series name, such as `hmi.sharp_720s` or `720`; open, and never rewritten.
 *
 * @throws `TypeError` when it could not be one part of a path.
 */
export function requireSeries(args: Arguments, value: string): string {
  const series = args.text(value, 'series');
  if (/[/\\?#%\s]/u.test(series) || /^\.+$/u.test(series))
    throw args.invalid('series must be the name of a series such as hmi.sharp_720s');
  return series;
}
