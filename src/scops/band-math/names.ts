import type { Arguments } from '../../core/operation/arguments.js';
const NAME = /^[a-z][a-z0-9_]{1,30}$/u;
/** Parts that the server takes out of names, or cuts them at, wherever they stand. */
const FORBIDDEN = ['1b', 'bil', 'flag', 'eq_', 'plugin_'] as const;
const FIXED_KEYS = ['source', 'lev1_mapped', 'project', 'equation_flag_', 'plugin_flag_'] as const;

/** What else is in the form besides the name in question. */
export interface Neighbours {
  readonly lines: readonly string[];
  readonly equations: readonly string[];
  readonly plugins: readonly string[];
}

/**
 * Checks the form of a name, for the back end's sake.
 *
 * @throws `TypeError` naming the rule.
 */
export function requireNameShape(args: Arguments, name: string, kind: 'equation' | 'plugin'): void {
  const problem = shapeProblem(name);
  if (problem !== undefined) throw args.invalid(`${kind} name ${problem}`);
}

/**
 * Checks the name of an equation or plugin. The server finds ticks by substring among all field names, so that a name that
 * is contained in another field, or contains one, saves nothing (500) or ticks the wrong box (pitfall 33).
 *
 * @throws `TypeError` naming the rule.
 */
export function requireMathName(args: Arguments, name: string, kind: 'equation' | 'plugin', form: Neighbours): void {
  const same = kind === 'equation' ? form.equations : form.plugins;
  const different = kind === 'equation' ? form.plugins : form.equations;
  const others = [...form.lines, ...different, ...same.filter((other) => other !== name)];
  const problem = mathNameProblem(name) ?? collision(name, others);
  if (problem !== undefined) throw args.invalid(`${kind} name ${problem}`);
}

/** Why the server would not take a name, whatever else is in the form; `undefined` for a good one. */
export function mathNameProblem(name: string): string | undefined {
  return shapeProblem(name) ?? collision(name, FIXED_KEYS);
}

function shapeProblem(name: string): string | undefined {
  if (!NAME.test(name))
    return `${JSON.stringify(name)} must be 2 to 31 lower-case letters, digits or _, beginning with a letter`;
  const forbidden = FORBIDDEN.find((part) => name.includes(part));
  return forbidden === undefined ? undefined : `${name} must not contain "${forbidden}": the server cuts names there`;
}

function collision(name: string, others: readonly string[]): string | undefined {
  const clash = others.find((other) => other.toLowerCase().includes(name) || name.includes(other.toLowerCase()));
  if (clash === undefined) return undefined;
  return `${name} collides with ${clash}: the server finds tick boxes by parts of names; choose another name`;
}

/** Names must differ between equations and plugins as well. */
export function requireDistinct(args: Arguments, form: Neighbours): void {
  const both = form.equations.find((name) => form.plugins.includes(name));
  if (both !== undefined) throw args.invalid(`${both} is the name of an equation and of a plugin`);
}
