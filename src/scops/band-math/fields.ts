import type { Arguments } from '../../core/operation/arguments.js';
import type { BandMathForm, BandMathRequest } from '../types.js';
import { requireEquation, type CheckedEquation } from './equation.js';
import { requireDistinct, requireMathName, type Neighbours } from './names.js';

/** Names for an equation that does nothing; the back end runs plugins only when there is an equation (protocol notes 7.4). */
const IDLE_NAMES = ['zzidle', 'qqunused', 'xxnone'] as const;
const IDLE_EQUATION = 'band1';

export interface CheckedBandMath {
  readonly equations: readonly (readonly [name: string, equation: CheckedEquation])[];
  readonly plugins: readonly string[];
  readonly lines: readonly string[] | undefined;
}

/**
 * Checks what needs no page: shapes, names among themselves, grammar.
 *
 * @throws `TypeError` or `RangeError`.
 */
export function checkBandMath(args: Arguments, request: BandMathRequest): CheckedBandMath {
  const equations = Object.entries(request.equations ?? {});
  const { plugins = [], lines } = request;
  requireOnce(args, plugins, 'plugins');
  requireOnce(args, lines ?? [], 'lines');
  if (equations.length === 0 && plugins.length === 0) throw args.invalid('name at least one equation or plugin');
  if (lines?.length === 0) throw args.invalid('lines must not be empty; leave it out for all');
  const form: Neighbours = { lines: lines ?? [], equations: equations.map(([name]) => name), plugins };
  checkNames(args, form);
  const checked = equations.map(([name, text]) => [name, requireEquation(args, name, text, 999)] as const);
  return { equations: checked, plugins, lines };
}

function requireOnce(args: Arguments, names: readonly string[], label: string): void {
  if (new Set(names).size !== names.length) throw args.invalid(`${label} contains a name twice`);
}

function checkNames(args: Arguments, form: Neighbours): void {
  requireDistinct(args, form);
  for (const name of form.equations) requireMathName(args, name, 'equation', form);
  for (const name of form.plugins) requireMathName(args, name, 'plugin', form);
}

/**
 * The fields of the band-maths form: only what is ticked, since an equation that is offered but not ticked keeps the project
 * archive from being made (protocol notes 7.4).
 *
 * @param bandCounts - The bands of each line, where known.
 * @throws `TypeError` or `RangeError` where the request does not fit the page.
 */
export function bandMathFields(
  args: Arguments,
  request: CheckedBandMath,
  form: BandMathForm,
  bandCounts: ReadonlyMap<string, number>,
  project: string,
): [string, string][] {
  const lines = request.lines ?? form.lines;
  const unknown = lines.find((line) => !form.lines.includes(line));
  if (unknown !== undefined) throw args.invalid(`the order has no line ${unknown}; it has ${form.lines.join(', ')}`);
  const missing = request.plugins.find((plugin) => !form.plugins.includes(plugin));
  if (missing !== undefined)
    throw args.invalid(`the server has no plugin ${missing}; it has ${form.plugins.join(', ') || 'none'}`);
  const names = { lines: form.lines, equations: request.equations.map(([name]) => name), plugins: request.plugins };
  checkNames(args, names);
  for (const line of lines) requireBands(args, request, line, bandCounts.get(line));
  return [
    ['source', form.configName],
    ['lev1_mapped', 'lev1'],
    ['project', project],
    ...request.equations.flatMap(([name, equation]): [string, string][] => [
      [`equation_flag_${name}`, equation.text],
      ...lines.map((line): [string, string] => [`${line}_${name}`, 'on']),
    ]),
    ...idleEquation(names),
    ...request.plugins.flatMap((plugin): [string, string][] => [
      [`plugin_flag_${plugin}`, plugin],
      ...lines.map((line): [string, string] => [`${line}__${plugin}`, 'on']),
    ]),
  ];
}

function requireBands(args: Arguments, { equations }: CheckedBandMath, line: string, count: number | undefined): void {
  if (count === undefined) return;
  for (const [name, { bands }] of equations) {
    const beyond = bands.find((band) => band > count);
    if (beyond !== undefined)
      throw args.outOfRange(
        `equation ${name} uses band${beyond}, but line ${line} has ${count} bands; name the lines that have it with option lines`,
      );
  }
}

function idleEquation({ lines, equations, plugins }: Neighbours): [string, string][] {
  if (plugins.length === 0 || equations.length > 0) return [];
  const taken = [...lines, ...plugins];
  const name = IDLE_NAMES.find((idle) => !taken.some((other) => other.includes(idle) || idle.includes(other)));
  return name === undefined ? [] : [[`equation_flag_${name}`, IDLE_EQUATION]];
}
