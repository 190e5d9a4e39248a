import type { BandMathForm, BandMathRequest } from '../types.js';
import { requireObject } from '../order/text.js';
import { requireEquation, type CheckedEquation } from './equation.js';
import { requireDistinct, requireMathName, type Neighbours } from './names.js';

/** Names for an equation that does nothing; the back end runs plugins only when there is an equation (protocol notes 7.4). */
const IDLE_NAMES = ['zzidle', 'qqunused', 'xxnone'] as const;
const IDLE_EQUATION = 'band1';

/** A checked request. */
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
export function checkBandMath(request: BandMathRequest, operation: string): CheckedBandMath {
  requireObject(request, 'the request', operation);
  const equations = Object.entries(request.equations ?? {});
  const plugins = listOf(request.plugins ?? [], 'plugins', operation);
  const lines = request.lines === undefined ? undefined : listOf(request.lines, 'lines', operation);
  if (equations.length === 0 && plugins.length === 0)
    throw new TypeError(`${operation}: name at least one equation or plugin`);
  if (lines?.length === 0) throw new TypeError(`${operation}: lines must not be empty; leave it out for all`);
  const form: Neighbours = { lines: lines ?? [], equations: equations.map(([name]) => name), plugins };
  checkNames(form, operation);
  const checked = equations.map(([name, equation]): [string, CheckedEquation] => [
    name,
    requireEquation(name, equation, 999, operation),
  ]);
  return { equations: checked, plugins, lines };
}

function listOf(value: unknown, label: string, operation: string): string[] {
  if (!Array.isArray(value) || !value.every((one): one is string => typeof one === 'string'))
    throw new TypeError(`${operation}: ${label} must be a list of names`);
  if (new Set(value).size !== value.length) throw new TypeError(`${operation}: ${label} names one twice`);
  return value;
}

function checkNames(form: Neighbours, operation: string): void {
  requireDistinct(form, operation);
  for (const name of form.equations) requireMathName(name, 'equation', form, operation);
  for (const name of form.plugins) requireMathName(name, 'plugin', form, operation);
}

/**
 * The fields of the band-maths form (`bandCounts`: bands of each line, where known): only what is ticked, since an equation that is offered but not ticked keeps the
 * project archive from being made (protocol notes 7.4).
 *
 * @throws `TypeError` or `RangeError` where the request does not fit the page.
 */
export function bandMathFields(
  request: CheckedBandMath,
  form: BandMathForm,
  bandCounts: ReadonlyMap<string, number>,
  project: string,
  operation: string,
): [string, string][] {
  const lines = request.lines ?? form.lines;
  const stranger = lines.find((line) => !form.lines.includes(line));
  if (stranger !== undefined)
    throw new TypeError(`${operation}: the order has no line ${stranger}; it has ${form.lines.join(', ')}`);
  const missing = request.plugins.find((plugin) => !form.plugins.includes(plugin));
  if (missing !== undefined)
    throw new TypeError(
      `${operation}: the server has no plugin ${missing}; it has ${form.plugins.join(', ') || 'none'}`,
    );
  const names = { lines: form.lines, equations: request.equations.map(([name]) => name), plugins: request.plugins };
  checkNames(names, operation);
  for (const line of lines) requireBands(request, line, bandCounts.get(line), operation);
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

function requireBands(
  { equations }: CheckedBandMath,
  line: string,
  count: number | undefined,
  operation: string,
): void {
  if (count === undefined) return;
  for (const [name, { bands }] of equations) {
    const beyond = bands.find((band) => band > count);
    if (beyond !== undefined)
      throw new RangeError(
        `${operation}: equation ${name} uses band${beyond}, but line ${line} has ${count} bands; name the lines that have it with option lines`,
      );
  }
}

function idleEquation({ lines, equations, plugins }: Neighbours): [string, string][] {
  if (plugins.length === 0 || equations.length > 0) return [];
  const taken = [...lines, ...plugins];
  const name = IDLE_NAMES.find((idle) => !taken.some((other) => other.includes(idle) || idle.includes(other)));
  return name === undefined ? [] : [[`equation_flag_${name}`, IDLE_EQUATION]];
}
