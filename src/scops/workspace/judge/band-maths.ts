import { below } from '../../../core/files/paths.js';
import { isFile } from '../../../core/files/stat-file.js';
import { requireEquation } from '../../band-math/equation.js';
import { requireDistinct, requireNameShape } from '../../band-math/names.js';
import type { ScopsConfig } from '../../config/types.js';
import { complaintOf } from './keys.js';
import { isDirectory } from './delivery.js';

type Values = Readonly<Record<string, string>>;
const EQUATION = 'eq_';
const PLUGIN = 'plugin_';
const DIRECTORY = 'plugin_directory';

const keysOf = (values: Values, start: string): string[] =>
  Object.keys(values).filter((key) => key.startsWith(start) && key !== DIRECTORY);

/** Whether a line has a product of an equation. */
export function hasEquation(values: Values): boolean {
  return keysOf(values, EQUATION).some((key) => values[key] === 'True');
}

/** Whether an order has equations or plugins at all. */
export function hasBandMaths({ defaults, lines }: ScopsConfig): boolean {
  return [defaults, ...Object.values(lines)].some((values) =>
    Object.keys(values).some((key) => key !== DIRECTORY && (key.includes(EQUATION) || key.includes(PLUGIN))),
  );
}

/** Why the worker would not make the equations and plugins of an order, whichever the line; `undefined` where it would. */
export async function bandMathProblem(config: ScopsConfig): Promise<string | undefined> {
  if (!hasBandMaths(config)) return undefined;
  const { defaults, lines } = config;
  const all = [defaults, ...Object.values(lines)];
  const stray = all
    .flatMap((values) => Object.keys(values))
    .find((key) => key !== DIRECTORY && /.(?:eq_|plugin_)/u.test(key));
  if (stray !== undefined) return `the worker would take ${stray} for an equation or a plugin; rename it`;
  const names = { lines: [], equations: keysOf(defaults, EQUATION), plugins: keysOf(defaults, PLUGIN) };
  const bare = (keys: readonly string[], start: string): string[] => keys.map((key) => key.slice(start.length));
  const [equations, plugins] = [bare(names.equations, EQUATION), bare(names.plugins, PLUGIN)];
  const named = await complaintOf((args) => {
    for (const name of equations) requireNameShape(args, name, 'equation');
    for (const name of plugins) requireNameShape(args, name, 'plugin');
    requireDistinct(args, { lines: [], equations, plugins });
  });
  if (named !== undefined) return named;
  const empty = names.equations.find((key) => defaults[key]?.trim() === '');
  if (empty !== undefined) return `${empty} is empty`;
  const directory = defaults[DIRECTORY] ?? '';
  if (directory === '') return 'equations and plugins need plugin_directory';
  if (plugins.length > 0 && !isDirectory(directory)) return `plugin_directory does not exist: ${directory}`;
  for (const name of plugins)
    if (!(await isFile(below(directory, `${name}.py`))))
      return `plugin ${name} is not in plugin_directory: ${directory}`;
  return undefined;
}

/** The same for the ticks of one line with so many bands. */
export async function ticksProblem(
  line: string,
  values: Values,
  defaults: Values,
  bands: number,
): Promise<string | undefined> {
  const keys = [...keysOf(values, EQUATION), ...keysOf(values, PLUGIN)];
  for (const key of keys) {
    const text = defaults[key];
    if (text === undefined) return `${key} of line ${line} is not in [DEFAULT]`;
    if (values[key] !== 'True' && values[key] !== 'False') return `${key} of line ${line} must be True or False`;
    if (values[key] === 'True' && key.startsWith(EQUATION)) {
      const problem = await equationProblem(key, text, line, bands);
      if (problem !== undefined) return problem;
    }
  }
  const plugin = keysOf(values, PLUGIN).find((key) => values[key] === 'True');
  const seesEquation = keysOf({ ...defaults, ...values }, EQUATION).length > 0;
  return plugin === undefined || seesEquation
    ? undefined
    : `${plugin} is made only if there is an equation too; add one, such as eq_idle = band1`;
}

async function equationProblem(key: string, text: string, line: string, bands: number): Promise<string | undefined> {
  let written = text.trim();
  const complaint = await complaintOf((args) => {
    written = requireEquation(args, key.slice(EQUATION.length), text, bands).text;
  });
  if (complaint !== undefined) return `${complaint} (line ${line})`;
  return written === text.trim() ? undefined : `${key} loses remainders in Python 2; write ${written}`;
}
