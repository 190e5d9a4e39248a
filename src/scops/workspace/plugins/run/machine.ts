import type { Argument, Expression, Statement } from '../python/tree.js';
import type { Scope, Value } from './values.js';

/** What a call gives: values by place and by name; `isOpen` with `*` or `**`. */
export interface Given {
  readonly plain: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  readonly isOpen: boolean;
}

/** The run of a function: what it may return. */
export interface Frame {
  readonly returns: Value[];
}

/** What the parts of the reader of values ask of each other. */
export interface Machine {
  /** Whether what is read now happens whenever the plugin runs. */
  isCertain: boolean;
  /** The module that is read now. */
  file: string;
  /** Whether it was too much to look at; all is unknown then. */
  readonly isExhausted: boolean;
  evaluate(value: Expression, scope: Scope): Value;
  /** `false` where execution never comes to the end of the block. */
  execute(block: readonly Statement[], scope: Scope, frame: Frame): boolean;
  call(callee: Value, given: Given, line: number): Value;
  give(list: readonly Argument[], scope: Scope): Given;
  /** Counts work on many statements or names at once; after too much of it all is unknown. */
  spend(amount: number): void;
  /** A module of the plugin directory. */
  load(name: string): Scope | undefined;
  /** Says what will go wrong, if it surely comes to that. */
  complain(line: number, what: string): void;
  /** Works on what may not happen. */
  maybe<T>(work: () => T): T;
}
