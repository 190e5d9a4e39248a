type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the entries that are `undefined`, which options of the clients must not be. */
export function defined<T extends object>(values: T): Defined<T>;
export function defined(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
