import type { Home } from '../data-home.js';
import type { Attribute, Variable } from '../types.js';
import { wantsLog } from './scale.js';
import { labelOf } from './text.js';
import { sourceOf, type Numbers, type Source } from './source.js';

/** What the elements along one axis of a plot stand at. */
export interface Axis {
  readonly label: string;
  readonly isTime: boolean;
  /** Whether it is a height, which stands upright. */
  readonly isVertical: boolean;
  readonly isLog: boolean;
  /** Whether these are places in the array, for want of anything better. */
  readonly isIndex: boolean;
  /** The places of some elements, by their numbers among those that are plotted. */
  read(start: number, count: number): Promise<Numbers>;
}

/** The axis of a part: the variable that the file names for it, the wavelengths of an ENVI cube, else the index. */
export function axisOf(source: Source, axis: number): Axis {
  const found = coordinateOf(source, axis);
  if (found !== undefined) return found;
  const { part, dimensions } = source;
  const [first = 0, step = 1] = [part.start[axis], part.stride[axis]];
  const name = dimensions[axis] ?? '';
  return {
    label: labelOf(name === '' ? 'index' : name, source.home?.format === 'fits' && name !== '' ? 'pixel' : undefined),
    isTime: false,
    isVertical: isHeight(name, {}),
    isLog: false,
    isIndex: true,
    read: (start, count) =>
      Promise.resolve(Float64Array.from({ length: count }, (_, at) => first + (start + at) * step)),
  };
}

/** An axis of values that lie along one axis of their own. */
export function axisAlong(source: Source): Axis {
  return axisFrom(
    source,
    source.shape.findIndex((count) => count > 1),
  );
}

function axisFrom(source: Source, along: number): Axis {
  const { name, units, attributes, isTime, shape } = source;
  return {
    label: isTime ? labelOf(name, 'UTC') : labelOf(descriptionOf(name, attributes), units),
    isTime,
    isVertical: isHeight(name, attributes),
    isLog: !isTime && wantsLog(attributes),
    isIndex: false,
    read: (start, count) =>
      source.read(
        shape.map((_, axis) => (axis === along ? start : 0)),
        shape.map((_, axis) => (axis === along ? count : 1)),
      ),
  };
}

function coordinateOf(source: Source, axis: number): Axis | undefined {
  const { home, part, variable, whole } = source;
  if (home?.format === 'envi') return axis === 0 ? wavelengthsOf(source) : undefined;
  const found = coordinateVariable(source, axis);
  if (
    home === undefined ||
    found === undefined ||
    found === variable ||
    /^(?:complex|text|record|list)/u.test(found.dtype)
  )
    return undefined;
  // A variable of a CDF that does not vary by record has one record.
  const along = found.shape.findIndex((length) => length === whole[axis]);
  if (along < 0 || found.shape.some((length, other) => other !== along && length !== 1)) return undefined;
  const pick = (key: 'start' | 'count' | 'stride', rest: number): number[] =>
    found.shape.map((_, other) => (other === along ? (part[key][axis] ?? rest) : rest));
  const options = { start: pick('start', 0), count: pick('count', 1), stride: pick('stride', 1) };
  return axisFrom(sourceOf(found, options, 'plot'), along);
}

/** The variable that has the name of an axis, in the group of the plotted one or in one around it. */
export function coordinateVariable({ name, dimensions, home }: Source, axis: number): Variable | undefined {
  const wanted = dimensions[axis] ?? '';
  return wanted === '' || home === undefined ? undefined : variableNear(home, name, wanted);
}

export function variableNear(
  { variables }: Pick<Home, 'variables'>,
  name: string,
  wanted: string,
): Variable | undefined {
  const groups = name.split('/').slice(0, -1);
  for (let depth = groups.length; depth >= 0; depth -= 1) {
    const found = variables.get([...groups.slice(0, depth), wanted].join('/'));
    if (found !== undefined) return found;
  }
  return undefined;
}

function wavelengthsOf({ attributes, part, whole }: Source): Axis | undefined {
  const { wavelength, 'wavelength units': units } = attributes;
  if (!isList(wavelength) || wavelength.length !== whole[0]) return undefined;
  const [first = 0, step = 1] = [part.start[0], part.stride[0]];
  return {
    label: labelOf('wavelength', typeof units === 'string' ? units : undefined),
    isTime: false,
    isVertical: false,
    isLog: false,
    isIndex: false,
    read: (start, count) =>
      Promise.resolve(Float64Array.from({ length: count }, (_, at) => Number(wavelength[first + (start + at) * step]))),
  };
}

const isList = (value: Attribute | undefined): value is readonly Attribute[] => Array.isArray(value);

function isHeight(name: string, { axis, positive, standard_name }: Source['attributes']): boolean {
  const own = name.split('/').at(-1) ?? '';
  return axis === 'Z' || positive === 'up' || standard_name === 'altitude' || /^(?:altitude|height|range)$/iu.test(own);
}

/** What the file says that a variable is, else its name. */
export function descriptionOf(name: string, attributes: Source['attributes']): string {
  for (const key of ['LABLAXIS', 'long_name', 'FIELDNAM']) {
    const value = attributes[key];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return name;
}
