import { isObject, kindOf, type AnyKind, type Kind, type Place } from './kind.js';
import { nearestName } from '../util/nearest-name.js';
import type { Arguments } from './arguments.js';

/** The fields of an object type, each as a kind. */
export type Fields<T> = {
  readonly [K in keyof T]-?: undefined extends Pick<T, K>[K]
    ? Kind<Exclude<T[K], undefined>>
    : Kind<Exclude<T[K], undefined>, true>;
};

/** An object whose fields are declared. */
export interface ObjectKind<T> extends Kind<T> {
  readonly fields: Fields<T>;
}

/** More names than these are not listed in a message. */
const MAX_LISTED = 8;

/**
 * Declares an object that a caller gives, such as a query or options: each field of `T` by its kind. The compiler refuses
 * a field too many or too few, one of another kind, and one that must be given in `T` but not here, or the other way
 * round. To add an option: add it to the public type, and one line to its declaration.
 *
 * For example `objectOf<DateQuery>()({ dateStart: needed(date), dateEnd: needed(date), station: text })`.
 *
 * @param hints - What to say of names that belong elsewhere.
 */
export function objectOf<T extends object>(
  hints: Readonly<Record<string, string>> = {},
): <F extends Fields<T>>(fields: F & Readonly<Record<Exclude<keyof F, keyof T>, never>>) => ObjectKind<T> {
  return (fields) => ({
    ...kindOf<T>('an object', isObject, (value, place) => {
      if (isObject(value)) checkFields(value, fields, place, hints);
    }),
    fields,
  });
}

/**
 * An object that an earlier call returned, or one of the same shape: further fields are allowed.
 *
 * @param names - Fields without which it is something else.
 */
export function givenObject<T extends object>(what: string, ...names: readonly (keyof T & string)[]): Kind<T> {
  return kindOf(
    what,
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      names.every((name) => Reflect.get(value, name, value) !== undefined),
  );
}

/** @throws `TypeError` for a name that is not declared, and for a value that is inherited; what the fields' own kinds throw. */
function checkFields(
  value: object,
  fields: Readonly<Record<string, AnyKind>>,
  place: Place,
  hints: Readonly<Record<string, string>>,
): void {
  const known = new Map(Object.entries(fields));
  for (const name of Object.keys(value)) {
    if (!known.has(name) && Reflect.get(value, name, value) !== undefined)
      throw unknownOption(name, [...known.keys()], place, Object.hasOwn(hints, name) ? hints[name] : undefined);
  }
  for (const [name, kind] of known) {
    const given: unknown = Reflect.get(value, name, value);
    // Inherited fields would be lost wherever options are copied by their own names.
    if (given !== undefined && !Object.prototype.propertyIsEnumerable.call(value, name)) throw inherited(name, place);
    checkField(given, kind, fieldOf(place, name));
  }
}

/** One argument or field; `undefined` counts as left out. */
function checkField(value: unknown, kind: AnyKind, place: Place): void {
  if (value !== undefined) {
    kind.check(value, place);
  } else if (kind.needed && kind.reportedLater !== true) {
    throw place.arguments.invalid(`${place.name} is missing; it must be ${kind.what}`);
  }
}

function fieldOf({ prefix, ...place }: Place, field: string): Place {
  const name = `${prefix}${field}`;
  return { ...place, name, prefix: `${name}.` };
}

function inherited(name: string, { arguments: args, name: owner }: Place): TypeError {
  const what = JSON.stringify(name);
  return args.invalid(`option ${what} must be a property of ${owner} itself; pass a plain object`);
}

function unknownOption(name: string, known: readonly string[], place: Place, hint: string | undefined): TypeError {
  const { arguments: args, name: owner, prefix } = place;
  const near = nearestName(name, known);
  const where = prefix === '' ? '' : ` in ${owner}`;
  const listed = known.length <= MAX_LISTED ? `; the known ones are ${known.join(', ')}` : '';
  const advice = near === undefined ? listed : `; did you mean ${JSON.stringify(near)}?`;
  const shownName = JSON.stringify(name.slice(0, 60));
  return args.invalid(`unknown option ${shownName}${where}${hint === undefined ? advice : `; ${hint}`}`);
}

/** The arguments of a call, each as a kind; whether one has a default is the call's own matter. */
export type ArgumentKinds<T> = { readonly [K in keyof T]-?: Kind<Exclude<T[K], undefined>, boolean> };

/**
 * Checks the arguments of a public call, before anything is sent: names of options, kinds, and what must be given.
 *
 * The compiler compares the kinds with the types of the values, so that a declaration fits its method.
 *
 * @param args - Those of the public call.
 * @param kinds - What each argument must be.
 * @param values - The arguments by name.
 * @throws `TypeError` for an unknown option, with the nearest known one, and for a value of another kind; `RangeError` for
 * a number out of bounds.
 */
export function checkArguments<T extends object>(args: Arguments, kinds: ArgumentKinds<T>, values: T): void {
  for (const [name, kind] of Object.entries<AnyKind>(kinds))
    checkField(Reflect.get(values, name), kind, { arguments: args, name, prefix: '' });
}
