import type { DataFile, Variable } from './types.js';

/** What a variable needs to know of its file: which other variables are beside it, and what the format means by an axis. */
export type Home = Pick<DataFile, 'format' | 'variables'>;

const HOMES = new WeakMap<Variable, Home>();
const TIMES = new WeakSet<Variable>();

/** Notes the file of its variables. */
export function settle(home: Home): void {
  for (const variable of home.variables.values()) HOMES.set(variable, home);
}

/** The file that a variable is of; `undefined` for one that did not come from a file as it is. */
export const homeOf = (variable: Variable): Home | undefined => HOMES.get(variable);

/** Notes that the integers of a variable are times; returns it. */
export function ofTimes<T extends Variable>(variable: T): T {
  TIMES.add(variable);
  return variable;
}

/** Whether the decoded values of a variable are nanoseconds since 1970. */
export const holdsTimes = (variable: Variable): boolean => TIMES.has(variable);
