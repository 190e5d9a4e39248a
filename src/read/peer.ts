/**
 * What follows `import('name')` of a package that users install only if they need it. It stands right behind the import: bundlers take that
 * for the word that the package may be absent.
 *
 * @param call - The public call that needs it, for the message.
 * @returns a handler that throws a `TypeError`, which says how to install it.
 */
export function absent(call: string, name: string): (cause: unknown) => never {
  return (cause) => {
    throw new TypeError(`${call}: ${name} is not installed; add it with npm install ${name}`, { cause });
  };
}
