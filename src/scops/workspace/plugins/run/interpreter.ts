import { parsePython } from '../python/parse.js';
import { PythonError } from '../python/python-error.js';
import type { Argument, Expression, Statement } from '../python/tree.js';
import { STANDARD_MODULES, WORKER_MODULES } from '../module-names.js';
import { call, give } from './call.js';
import { evaluate } from './evaluate.js';
import { execute } from './execute.js';
import type { Frame, Given, Machine } from './machine.js';
import { scopeWithin, textOf, UNKNOWN, type Scope, type Value } from './values.js';

const DEEPEST_CALL = 12;
const MOST_STEPS = 20_000;
/** So many statements or names cost as much as one expression. */
const A_STEP = 20;
/** Words by which names come into a module unseen. */
const HIDDEN_NAMES = /\b(?:exec|execfile|globals|setattr|vars|__dict__|sys\.modules|__builtins__)\b/u;

/** Sources of the plugin directory, by module. */
export type Sources = ReadonlyMap<string, string>;

/** Goes through plugins as Python would, with values where they can be determined and all branches where they cannot. */
export class Interpreter implements Machine {
  isCertain = true;
  file: string;
  readonly problems: string[] = [];
  readonly #sources: Sources;
  readonly #modules = new Map<string, Scope>();
  #depth = 0;
  #steps = 0;

  constructor(sources: Sources, file: string) {
    this.#sources = sources;
    this.file = file;
  }

  /** Whether it was too much to look at; nothing is certain then. */
  get isExhausted(): boolean {
    return this.#steps > MOST_STEPS;
  }

  /** Imports a source; `undefined` where that never comes to its end. */
  importModule(source: string, file: string): Scope | undefined {
    const scope: Scope = { ...scopeWithin(), isOpen: HIDDEN_NAMES.test(source), file };
    this.#modules.set(file, scope);
    scope.names.set('__name__', textOf(file));
    scope.names.set('__file__', UNKNOWN);
    return this.execute(parsePython(source), scope, { returns: [] }) || this.isExhausted ? scope : undefined;
  }

  evaluate(value: Expression, scope: Scope): Value {
    this.#steps += 1;
    if (this.isExhausted) return UNKNOWN;
    return evaluate(this, value, scope);
  }

  execute(block: readonly Statement[], scope: Scope, frame: Frame): boolean {
    return execute(this, block, scope, frame);
  }

  call(callee: Value, given: Given, line: number): Value {
    if (this.#depth >= DEEPEST_CALL) return UNKNOWN;
    this.#depth += 1;
    try {
      return call(this, callee, given, line);
    } finally {
      this.#depth -= 1;
    }
  }

  give(list: readonly Argument[], scope: Scope): Given {
    return give(this, list, scope);
  }

  spend(amount: number): void {
    this.#steps += amount / A_STEP;
  }

  load(name: string): Scope | undefined {
    const known = this.#modules.get(name);
    const source = this.#sources.get(name);
    if (known !== undefined || source === undefined || STANDARD_MODULES.has(name) || WORKER_MODULES.has(name))
      return known;
    const { file } = this;
    this.file = name;
    try {
      const scope = this.importModule(source, name);
      if (scope === undefined) this.complain(1, 'its import ends with an exception');
      return scope;
    } catch (error) {
      if (!(error instanceof PythonError)) throw error;
      this.complain(error.line, error.what);
      return undefined;
    } finally {
      this.file = file;
    }
  }

  complain(line: number, what: string): void {
    const main = this.#modules.keys().next().value;
    const where = main === undefined || main === this.file ? '' : `${this.file}.py, `;
    const text = `${where}line ${line}: ${what}`;
    if (this.isCertain && !this.isExhausted && !this.problems.includes(text)) this.problems.push(text);
  }

  maybe<T>(work: () => T): T {
    const { isCertain } = this;
    this.isCertain = false;
    try {
      return work();
    } finally {
      this.isCertain = isCertain;
    }
  }
}
