import { holdsTimes } from '../data-home.js';
import { coordinateVariable, variableNear } from './axis.js';
import type { Source } from './source.js';
import { labelOf, plainText } from './text.js';

/** Which lines are drawn, and what each is called. */
export interface Lines {
  readonly indexes: readonly number[];
  readonly names: readonly string[];
}

/** Vectors of a magnetometer have the range of its sensor as a fourth number, which is not drawn. */
const VECTOR_AND_RANGE = /\bx,\s*y,\s*(?:and\s+)?z\b.*\brange\b/iu;

/** The lines of a part by the axis across; the names are those of the user, of the file, else numbers. */
export async function linesOf(
  source: Source,
  across: number | undefined,
  labels: readonly string[] | undefined,
): Promise<Lines> {
  const count = across === undefined ? 1 : (source.shape[across] ?? 1);
  if (labels !== undefined && labels.length !== count)
    throw new RangeError(`plot: labels has ${labels.length} names for ${count} lines`);
  const isVector = labels === undefined && isWhole(source, across, 4) && VECTOR_AND_RANGE.test(words(source));
  const indexes = Array.from({ length: isVector ? 3 : count }, (_, index) => index);
  if (labels !== undefined) return { indexes, names: distinct(labels.map(plainText)) };
  if (isVector) return { indexes, names: ['x', 'y', 'z'] };
  const names = across === undefined ? [source.name] : await namesOf(source, across, count);
  return { indexes, names: distinct(names.map(plainText)) };
}

const words = ({ attributes: { CATDESC } }: Source): string => (typeof CATDESC === 'string' ? CATDESC : '');

function isWhole({ whole, shape }: Source, across: number | undefined, length: number): boolean {
  return across !== undefined && shape[across] === length && whole[across] === length;
}

async function namesOf(source: Source, across: number, count: number): Promise<string[]> {
  const [label, coordinate] = [labelVariable(source, across), coordinateVariable(source, across)];
  const name = source.dimensions[across] ?? '';
  const variable = label ?? coordinate;
  const length = source.whole[across];
  const { part } = source;
  const own = Array.from({ length: count }, (_, at) => (part.start[across] ?? 0) + at * (part.stride[across] ?? 1));
  const plain = own.map((index) => (name === '' ? String(index) : `${name} ${index}`));
  if (variable === undefined || variable.shape.reduce((product, many) => product * many, 1) !== length) return plain;
  const { data } = await variable.read();
  return own.map((index, at) => {
    const value: unknown = data[index];
    if (typeof value === 'bigint' && holdsTimes(variable)) return timeText(value);
    if (typeof value === 'string' && value.trim() !== '') return value;
    const isNumber = typeof value === 'number' || typeof value === 'bigint';
    return isNumber ? `${name} ${[String(value), variable.units?.trim() ?? ''].join(' ').trim()}` : (plain[at] ?? '');
  });
}

const timeText = (nanoseconds: bigint): string =>
  new Date(Number(nanoseconds / 1_000_000n)).toISOString().slice(0, 19).replace('T', ' ');

/** Where a CDF keeps the labels of an axis. */
function labelVariable({ attributes, home, name }: Source, across: number): Source['variable'] {
  const pointer = attributes[`LABL_PTR_${across}`];
  return typeof pointer === 'string' && home !== undefined ? variableNear(home, name, pointer.trim()) : undefined;
}

/** Lines of one name would become one line. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : labelOf(name, String(count));
  });
}
