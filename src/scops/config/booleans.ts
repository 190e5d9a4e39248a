const TRUE = new Set(['1', 'yes', 'true', 'on']);
const FALSE = new Set(['0', 'no', 'false', 'off']);

/** A boolean as Python's `getboolean` reads it; `undefined` for anything that it refuses, an absent value included. */
export function readBoolean(text: string | undefined): boolean | undefined {
  const word = text?.toLowerCase();
  if (word === undefined) return undefined;
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}
