/** An expression of Python, as far as a check of plugins asks. */
export type Expression =
  | { readonly kind: 'name'; readonly name: string; readonly line: number }
  | { readonly kind: 'constant'; readonly type: 'number' | 'string'; readonly text: string; readonly line: number }
  | {
      readonly kind: 'display';
      readonly type: 'tuple' | 'list' | 'dict' | 'set';
      readonly items: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'lambda'; readonly parameters: Parameters; readonly body: Expression; readonly line: number }
  | {
      readonly kind: 'call';
      readonly callee: Expression;
      readonly arguments: readonly Argument[];
      readonly line: number;
    }
  | { readonly kind: 'attribute'; readonly of: Expression; readonly name: string; readonly line: number }
  | {
      readonly kind: 'subscript';
      readonly of: Expression;
      readonly index: readonly Expression[];
      readonly line: number;
    }
  | {
      readonly kind: 'compare';
      readonly operators: readonly string[];
      readonly items: readonly Expression[];
      readonly line: number;
    }
  | {
      readonly kind: 'logic';
      readonly operator: 'and' | 'or';
      readonly items: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'not'; readonly of: Expression; readonly line: number }
  | { readonly kind: 'choice'; readonly items: readonly [Expression, Expression, Expression]; readonly line: number }
  | {
      readonly kind: 'comprehension';
      readonly type: 'generator' | 'list' | 'dict' | 'set';
      readonly targets: readonly Expression[];
      readonly items: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'yield'; readonly items: readonly Expression[]; readonly line: number }
  | {
      /** `a + b - c`, or `-a` with one item. */
      readonly kind: 'operation';
      readonly operators: readonly string[];
      readonly items: readonly Expression[];
      readonly line: number;
    }
  /** `a:b:c` in a subscript; its parts by place. */
  | {
      readonly kind: 'slice';
      readonly parts: readonly (Expression | undefined)[];
      readonly items: readonly Expression[];
      readonly line: number;
    };

/** An argument of a call: `x`, `name=x`, `*x` or `**x`. */
export interface Argument {
  readonly kind: 'plain' | 'keyword' | 'list' | 'dictionary';
  readonly name?: string;
  readonly value: Expression;
}

/** What a function takes. */
export interface Parameters {
  readonly plain: readonly Parameter[];
  readonly list?: string;
  readonly dictionary?: string;
}

/** One parameter; those of Python 2 may be tuples, `(row, column)`. */
export interface Parameter {
  readonly names: readonly string[];
  readonly isTuple: boolean;
  readonly fallback?: Expression;
}

/** `def`. */
export interface FunctionStatement {
  readonly kind: 'function';
  readonly name: string;
  readonly parameters: Parameters;
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly line: number;
}

/** `class`. */
export interface ClassStatement {
  readonly kind: 'class';
  readonly name: string;
  readonly bases: readonly Expression[];
  readonly decorators: readonly Expression[];
  readonly body: readonly Statement[];
  readonly line: number;
}

/** A name that an import binds. */
export interface Imported {
  readonly name: string;
  readonly as?: string;
}

/** A statement of Python, as far as a check of plugins asks. */
export type Statement =
  | FunctionStatement
  | ClassStatement
  | { readonly kind: 'expression'; readonly value: Expression; readonly line: number }
  | {
      readonly kind: 'assign';
      readonly targets: readonly Expression[];
      readonly value: Expression;
      readonly line: number;
    }
  | { readonly kind: 'augment'; readonly target: Expression; readonly value: Expression; readonly line: number }
  | { readonly kind: 'return'; readonly value?: Expression; readonly line: number }
  | {
      readonly kind: 'raise' | 'print' | 'exec' | 'assert';
      readonly items: readonly Expression[];
      readonly line: number;
    }
  | { readonly kind: 'pass' | 'break' | 'continue'; readonly line: number }
  | { readonly kind: 'import'; readonly names: readonly Imported[]; readonly line: number }
  | { readonly kind: 'from'; readonly module: string; readonly names: readonly Imported[] | '*'; readonly line: number }
  | { readonly kind: 'global'; readonly names: readonly string[]; readonly line: number }
  | { readonly kind: 'delete'; readonly targets: readonly Expression[]; readonly line: number }
  | {
      readonly kind: 'if';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
      readonly line: number;
    }
  | {
      readonly kind: 'while';
      readonly test: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
      readonly line: number;
    }
  | {
      readonly kind: 'for';
      readonly target: Expression;
      readonly over: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
      readonly line: number;
    }
  | {
      readonly kind: 'try';
      readonly body: readonly Statement[];
      readonly handlers: readonly Handler[];
      readonly otherwise: readonly Statement[];
      readonly last: readonly Statement[];
      readonly line: number;
    }
  | {
      readonly kind: 'with';
      readonly items: readonly WithItem[];
      readonly body: readonly Statement[];
      readonly line: number;
    };

/** `except type, target:`. */
export interface Handler {
  readonly type?: Expression;
  readonly target?: Expression;
  readonly body: readonly Statement[];
}

/** `with value as target:`. */
export interface WithItem {
  readonly value: Expression;
  readonly target?: Expression;
}
