import type { Expression, Parameters, Statement } from '../python/tree.js';

/** What is known of a value without running Python. */
export type Value =
  | {
      readonly kind: 'text';
      readonly text: string;
      /** Made from the example arguments. */ readonly isExample: boolean;
    }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'boolean'; readonly truth: boolean }
  | { readonly kind: 'none' | 'unknown' | 'missing' | 'never' }
  | { readonly kind: 'tuple'; readonly items: readonly Value[] }
  /** Something that is neither a path nor can be called: `a list`. */
  | { readonly kind: 'object'; readonly what: string }
  | FunctionValue
  | { readonly kind: 'class'; readonly isKnown: boolean; readonly scope: Scope }
  | { readonly kind: 'instance'; readonly scope: Scope }
  /** A module, or what is in one that is not in the plugin directory: `os.path.join`. */
  | { readonly kind: 'foreign'; readonly name: string; readonly isModule: boolean; readonly scope?: Scope | undefined }
  | { readonly kind: 'method'; readonly of: Value & { readonly kind: 'text' }; readonly name: string }
  | { readonly kind: 'either'; readonly values: readonly Value[] };

/** `def` and `lambda`. */
export interface FunctionValue {
  readonly kind: 'function';
  readonly parameters: Parameters;
  readonly fallbacks: ReadonlyMap<string, Value>;
  readonly body: readonly Statement[] | Expression;
  readonly scope: Scope;
  /** Of methods: what `self` is. */
  readonly self?: Value;
}

/** Names and what they are, within those around them. */
export interface Scope {
  names: Map<string, Value>;
  readonly parent?: Scope | undefined;
  readonly globals: Set<string>;
  /** Names may be there that the source does not show: `from x import *`, `exec`. */
  isOpen: boolean;
  /** Of modules in the plugin directory: which. */
  readonly file?: string;
}

/** Enough for any path. */
const LONGEST_TEXT = 1_024;
/** How many values a name may have. */
const MOST_VALUES = 16;

export const UNKNOWN: Value = { kind: 'unknown' };
export const NONE: Value = { kind: 'none' };
export const NEVER: Value = { kind: 'never' };
export const MISSING: Value = { kind: 'missing' };

/** A text; a long one is unknown, so that no text grows without end. */
export function textOf(text: string, isExample = false): Value {
  if (text.length > LONGEST_TEXT) return UNKNOWN;
  return { kind: 'text', text, isExample };
}

/** One of several values. */
export function either(values: readonly Value[]): Value {
  const all = values.flatMap((value) => (value.kind === 'either' ? value.values : [value]));
  const different: Value[] = [];
  for (const value of all) {
    if (different.some((other) => same(value, other))) continue;
    if (different.length === MOST_VALUES) return UNKNOWN;
    different.push(value);
  }
  const [first = NEVER] = different;
  return different.length < 2 ? first : { kind: 'either', values: different };
}

function same(one: Value, other: Value): boolean {
  if (one === other) return true;
  if (one.kind === 'text' && other.kind === 'text') return one.text === other.text;
  if (one.kind === 'number' && other.kind === 'number') return one.number === other.number;
  return one.kind === other.kind && (one.kind === 'none' || one.kind === 'unknown' || one.kind === 'missing');
}

/** What `if` makes of a value; `undefined` where it is unknown. */
export function truthOf(value: Value): boolean | undefined {
  switch (value.kind) {
    case 'text':
      return value.text !== '';
    case 'number':
      return value.number !== 0;
    case 'boolean':
      return value.truth;
    case 'none':
      return false;
    case 'tuple':
      return value.items.length > 0;
    case 'function':
    case 'class':
    case 'method':
      return true;
    case 'foreign':
      return value.isModule ? true : undefined;
    default:
      return undefined;
  }
}

export function scopeWithin(parent?: Scope): Scope {
  return { names: new Map(), parent, globals: new Set(), isOpen: false };
}

/** The scope of the whole file. */
export function moduleOf(scope: Scope): Scope {
  let module = scope;
  while (module.parent !== undefined) module = module.parent;
  return module;
}

export function lookUp(scope: Scope, name: string): Value | undefined {
  const found = scope.globals.has(name) ? undefined : scope.names.get(name);
  if (found !== undefined) return found;
  if (scope.isOpen) return UNKNOWN;
  return scope.parent === undefined ? undefined : lookUp(scope.parent, name);
}

export function bind(scope: Scope, name: string, value: Value): void {
  if (!scope.globals.has(name)) scope.names.set(name, value);
  else {
    const { names } = moduleOf(scope);
    names.set(name, either([names.get(name) ?? MISSING, value]));
  }
}
