import { Arguments } from './arguments.js';
import { checkField } from './fields.js';
import type { AnyKind, Kind } from './kind.js';

/** The arguments of a call, each as a kind; whether one has a default is the call's own matter. */
export type ArgumentKinds<T> = { readonly [K in keyof T]-?: Kind<Exclude<T[K], undefined>, boolean> };

/**
 * Checks the arguments of a public call, before anything is sent: names of options, kinds, and what must be given.
 *
 * The compiler compares the kinds with the types of the values, so that a declaration fits its method.
 *
 * @param operation - The public call, such as `hmi.query`.
 * @param kinds - What each argument must be.
 * @param values - The arguments by name.
 * @throws `TypeError` for an unknown option, with the nearest known one, and for a value of another kind; `RangeError` for
 * a number out of bounds.
 */
export function checkArguments<T extends object>(operation: string, kinds: ArgumentKinds<T>, values: T): void {
  const args = new Arguments(operation);
  for (const [name, kind] of Object.entries<AnyKind>(kinds))
    checkField(Reflect.get(values, name), kind, { arguments: args, name, prefix: '' });
}
