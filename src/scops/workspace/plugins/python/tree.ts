/** An element of a source: where it begins, from line 1 on. */
interface At {
  readonly line: number;
}

type Expressions = readonly Expression[];
type Statements = readonly Statement[];

/** An expression of Python, as far as a check of plugins asks. */
export type Expression = At &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'constant'; readonly type: 'number' | 'string'; readonly text: string }
    | { readonly kind: 'display'; readonly type: 'tuple' | 'list' | 'dict' | 'set'; readonly items: Expressions }
    | { readonly kind: 'lambda'; readonly parameters: Parameters; readonly body: Expression }
    | { readonly kind: 'call'; readonly callee: Expression; readonly arguments: readonly Argument[] }
    | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string }
    | { readonly kind: 'subscript'; readonly of: Expression; readonly index: Expressions }
    | { readonly kind: 'compare'; readonly operators: readonly string[]; readonly items: Expressions }
    | { readonly kind: 'logic'; readonly operator: 'and' | 'or'; readonly items: Expressions }
    | { readonly kind: 'not'; readonly of: Expression }
    | { readonly kind: 'choice'; readonly items: readonly [Expression, Expression, Expression] }
    | {
        readonly kind: 'comprehension';
        readonly type: 'generator' | 'list' | 'dict' | 'set';
        readonly targets: Expressions;
        readonly items: Expressions;
      }
    | { readonly kind: 'yield'; readonly items: Expressions }
    /** `a + b - c`, or `-a` with one item. */
    | { readonly kind: 'operation'; readonly operators: readonly string[]; readonly items: Expressions }
    /** `a:b:c` in a subscript; its parts by place. */
    | { readonly kind: 'slice'; readonly parts: readonly (Expression | undefined)[]; readonly items: Expressions }
  );

/** An argument of a call: `x`, `name=x`, `*x` or `**x`. */
export interface Argument {
  readonly kind: 'plain' | 'keyword' | 'list' | 'dictionary';
  readonly name?: string;
  readonly value: Expression;
}

/** What a function takes. */
export interface Parameters {
  readonly plain: readonly Parameter[];
  readonly list?: string | undefined;
  readonly dictionary?: string | undefined;
}

/** One parameter; those of Python 2 may be tuples, `(row, column)`. */
export interface Parameter {
  readonly names: readonly string[];
  readonly isTuple: boolean;
  readonly fallback?: Expression;
}

/** `def`. */
export interface FunctionStatement extends At {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: Parameters;
  readonly decorators: Expressions;
  readonly body: Statements;
}

/** `class`. */
export interface ClassStatement extends At {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: Expressions;
  readonly decorators: Expressions;
  readonly body: Statements;
}

/** A name that an import binds. */
export interface Imported {
  readonly name: string;
  readonly as?: string | undefined;
}

/** A statement of Python, as far as a check of plugins asks. */
export type Statement = At &
  (
    | FunctionStatement
    | ClassStatement
    | { readonly kind: 'expression'; readonly value: Expression }
    | { readonly kind: 'assign'; readonly targets: Expressions; readonly value: Expression }
    | { readonly kind: 'augment'; readonly target: Expression; readonly value: Expression }
    | { readonly kind: 'return'; readonly value?: Expression }
    | { readonly kind: 'raise' | 'print' | 'exec' | 'assert'; readonly items: Expressions }
    | { readonly kind: 'pass' | 'break' | 'continue' }
    | { readonly kind: 'import'; readonly names: readonly Imported[] }
    | { readonly kind: 'from'; readonly module: string; readonly names: readonly Imported[] | '*' }
    | { readonly kind: 'global'; readonly names: readonly string[] }
    | { readonly kind: 'delete'; readonly targets: Expressions }
    | {
        readonly kind: 'if' | 'while';
        readonly test: Expression;
        readonly body: Statements;
        readonly otherwise: Statements;
      }
    | {
        readonly kind: 'for';
        readonly target: Expression;
        readonly over: Expression;
        readonly body: Statements;
        readonly otherwise: Statements;
      }
    | {
        readonly kind: 'try';
        readonly body: Statements;
        readonly handlers: readonly Handler[];
        readonly otherwise: Statements;
        readonly last: Statements;
      }
    | { readonly kind: 'with'; readonly items: readonly WithItem[]; readonly body: Statements }
  );

/** `except type, target:`. */
export interface Handler {
  readonly type?: Expression | undefined;
  readonly target?: Expression | undefined;
  readonly body: Statements;
}

/** `with value as target:`. */
export interface WithItem {
  readonly value: Expression;
  readonly target?: Expression | undefined;
}
