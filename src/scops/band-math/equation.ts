import type { Arguments } from '../../core/operation/arguments.js';
import { EquationReader } from './reader.js';
import { tokensOf } from './tokens.js';

const MAX_LENGTH = 2000;
/** NumExpr takes so many arrays in one expression. */
const MAX_BANDS = 31;

/** An equation as it can be sent. */
export interface CheckedEquation {
  /** With decimal points where Python 2 would drop the remainder of a division. */
  readonly text: string;
  /** The bands it uses, each once, in order. */
  readonly bands: readonly number[];
}

/**
 * Checks an equation: numbers, `band1` … `band<bandCount>`, operators and functions as NumExpr 2.8 under Python 2 takes them
 * for images, nothing else, since the server evaluates the text. There `1/2` is 0, so it becomes `1.0/2`.
 *
 * @throws `TypeError` or `RangeError` saying what is wrong.
 */
export function requireEquation(args: Arguments, name: string, equation: unknown, bandCount: number): CheckedEquation {
  const complain = (what: string): TypeError => args.invalid(`equation ${name} ${what}`);
  if (typeof equation !== 'string' || equation.trim() === '') throw complain('is empty');
  if (equation.length > MAX_LENGTH) throw complain(`is longer than ${MAX_LENGTH} characters`);
  const bad = /[^\x20-\x7e]|[;%]/u.exec(equation);
  if (bad !== null) throw complain(`must be printable ASCII without ; and %; found ${JSON.stringify(bad[0])}`);
  const source = equation.trim();
  const tokens = tokensOf(source, complain);
  const { value, pointed } = new EquationReader(tokens, complain).readAll();
  const bands = [...new Set(tokens.flatMap((token) => (token.kind === 'band' ? [token.band] : [])))];
  if (bands.length === 0 || value.constant !== undefined) throw complain('uses no band; write band1, band2, …');
  if (value.kind === 'complex') throw complain('gives complex numbers, which an image cannot hold; use real or imag');
  if (bands.length > MAX_BANDS) throw complain(`uses ${bands.length} bands; NumExpr takes ${MAX_BANDS} at most`);
  const beyond = bands.find((band) => band > bandCount);
  if (beyond !== undefined)
    throw args.outOfRange(`equation ${name} uses band${beyond}, but the line has ${bandCount} bands`);
  const ends = pointed.map((index) => tokens[index]?.end ?? source.length).sort((one, other) => other - one);
  const text = ends.reduce((written, end) => `${written.slice(0, end)}.0${written.slice(end)}`, source);
  return { text, bands: bands.sort((one, other) => one - other) };
}
