/** The columns of a record or its keywords, by name in lower case: generations and archives spell them differently. */
export type Columns = ReadonlyMap<string, unknown>;

/** Reads the columns of an object. Of several that differ in case, one that says something wins, then the one in lower case. */
export function columnsOf(row: object): Columns {
  const columns = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    const key = name.toLowerCase();
    const isFirst = !columns.has(key) || isNothing(columns.get(key));
    if (isFirst || (name === key && !isNothing(value))) columns.set(key, value);
  }
  return columns;
}

/**
 * A whole number, also as text in decimal or, as JSOC prints masks, in hexadecimal (`0x00000400`); `undefined` for anything
 * else, and for numbers that cannot be exact.
 */
export function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? numberOfText(value.trim()) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : undefined;
}

/** A mask of 32 bits, which JSOC prints signed or unsigned. */
export function mask(value: unknown): number | undefined {
  const number = wholeNumber(value);
  return number !== undefined && number >= -(2 ** 31) && number < 2 ** 32 ? number : undefined;
}

/** Whether a JSON value is an object with keys. */

/** Whether a value says nothing: it is missing, or the service has none. */
export function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '';
}

function numberOfText(text: string): number | undefined {
  return /^[+-]?\d+$|^0x[\da-f]+$/iu.test(text) ? Number(text) : undefined;
}
