import { PythonError } from './python/python-error.js';
import { BUILTINS } from './python/words.js';
import { misfits } from './run/call.js';
import { Interpreter, type Sources } from './run/interpreter.js';
import type { Given } from './run/machine.js';
import { STANDARD_MODULES } from './module-names.js';
import { textOf, UNKNOWN, type FunctionValue, type Scope, type Value } from './run/values.js';

/** An example of what the worker gives. */
const ARGUMENTS = {
  output_folder: '/scops/GB13_08_2014_21720180307152902/level1b',
  hsi_filename: '/delivery/flightlines/level1b/f217011b.bil',
} as const;

/**
 * What goes wrong when the worker, in Python 2.7, imports a plugin and calls its `run`; empty where nothing is seen.
 *
 * @param name - The module.
 * @param sources - All files of the plugin directory, since plugins may import each other.
 * @param extra - Arguments that `plugin_args` of the worker adds.
 */
export function sourceProblems(name: string, sources: Sources, extra: readonly string[]): string[] {
  const machine = new Interpreter(sources, name);
  let scope: Scope | undefined;
  try {
    scope = machine.importModule(sources.get(name) ?? '', name);
  } catch (error) {
    if (!(error instanceof PythonError)) throw error;
    return [error.message];
  }
  if (scope === undefined) return [...machine.problems, 'its import ends with an exception'];
  if (machine.problems.length > 0) return machine.problems;
  const run = scope.names.get('run');
  const candidates = (run?.kind === 'either' ? run.values : [run]).filter((one) => one?.kind !== 'missing');
  const found = candidates.map((one) => runProblems(machine, one, scope.isOpen, extra));
  if (found.length === 0) return ['it has no function run at its top level'];
  const [first = []] = found;
  return machine.isExhausted || found.some((problems) => problems.length === 0) ? [] : first;
}

function runProblems(
  machine: Interpreter,
  run: Value | undefined,
  isOpen: boolean,
  extra: readonly string[],
): string[] {
  switch (run?.kind) {
    case undefined:
      return isOpen ? [] : ['it has no function run at its top level'];
    case 'function':
      return functionProblems(machine, run, extra);
    case 'instance': {
      const own = run.scope.names.get('__call__');
      if (own?.kind === 'function') return functionProblems(machine, { ...own, self: run }, extra);
      return own === undefined ? ['run is an object that cannot be called'] : [];
    }
    case 'class':
      return run.isKnown && !run.scope.names.has('__new__')
        ? ['run is a class, and calling it does not return a path']
        : [];
    case 'foreign':
      if (run.isModule) return ['run is a module, not a function'];
      return STANDARD_MODULES.has(run.name.split('.')[0] ?? '') || BUILTINS.has(run.name)
        ? [`run is ${run.name} of Python itself, which does not take output_folder and hsi_filename`]
        : [];
    case 'unknown':
    case 'method':
    case 'either':
    case 'missing':
      return [];
    default:
      return ['run is not a function'];
  }
}

function functionProblems(machine: Interpreter, run: FunctionValue, extra: readonly string[]): string[] {
  const named = new Map<string, Value>([
    ...Object.entries(ARGUMENTS).map(([name, text]) => [name, textOf(text, true)] as const),
    ...extra.map((name) => [name, UNKNOWN] as const),
  ]);
  const given: Given = { plain: [], named, isOpen: false };
  const { needs, refuses } = misfits(run, run.self === undefined ? given : { ...given, plain: [run.self] });
  const problems = [
    ...refuses.map((name) => `run does not take ${name}`),
    ...needs.map((name) => `run needs ${name}, which the back end does not give`),
  ];
  if (problems.length > 0) return problems;
  const before = machine.problems.length;
  const result = machine.call(run, given, 1);
  const complaints = machine.problems.splice(before);
  const values = result.kind === 'either' ? result.values : [result];
  const wrong = values.map((value) => outputProblem(value, ARGUMENTS.hsi_filename));
  if (wrong.includes(undefined)) return complaints;
  return complaints.length > 0 ? complaints : wrong.filter((text) => text !== undefined).slice(0, 1);
}

/** What is wrong with a value that `run` returns. */
function outputProblem(value: Value, hsiFilename: string): string | undefined {
  switch (value.kind) {
    case 'text':
      return nameProblem(value.text, hsiFilename);
    case 'none':
      return 'run does not return the path of the file that it wrote';
    case 'never':
      return 'run always ends with an exception';
    case 'number':
    case 'boolean':
      return `run returns a ${value.kind}, not the path of the file that it wrote`;
    case 'tuple':
    case 'function':
    case 'class':
    case 'instance':
    case 'method':
      return `run returns ${value.kind === 'instance' ? 'an' : 'a'} ${value.kind}, not the path of the file that it wrote`;
    case 'object':
      return `run returns ${value.what}, not the path of the file that it wrote`;
    case 'foreign':
      return value.isModule ? 'run returns a module, not the path of the file that it wrote' : undefined;
    case 'either':
    case 'missing':
    case 'unknown':
      return undefined;
  }
}

/** The worker takes the line from the name of the returned file: what stands before its last `1b`, without dots and `bil`. */
function lineOf(path: string): string {
  const name = path
    .slice(path.lastIndexOf('/') + 1)
    .replaceAll('.', '')
    .replaceAll('bil', '');
  return name.slice(0, Math.max(0, name.lastIndexOf('1b')));
}

function nameProblem(path: string, hsiFilename: string): string | undefined {
  const line = lineOf(hsiFilename);
  if (lineOf(path) === line) return undefined;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `run returns ${JSON.stringify(name)} for line ${line}: the name must begin with ${line}1b, and not have another 1b behind it, since the worker takes the line from it`;
}
