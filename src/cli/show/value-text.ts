const COLUMNS = 76;

/** One value as it is read: text in quotes, objects and arrays as JSON. */
export function scalarText(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return value === undefined ? 'null' : JSON.stringify(value, plainValue);
}

/** Values with commas between, in lines of usual length; those after the first are indented. */
export function listText(values: Iterable<unknown>, indent: string): string {
  const lines = [''];
  for (const value of values) {
    const text = scalarText(value);
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = text;
    else if (last.length + text.length + 2 <= COLUMNS) lines[lines.length - 1] = `${last}, ${text}`;
    else {
      lines[lines.length - 1] = `${last},`;
      lines.push(text);
    }
  }
  return lines.join(`\n${indent}`);
}

/** What JSON has no word for: integers of 64 bits and numbers that are not finite become texts, typed arrays arrays. */
export function plainValue(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (ArrayBuffer.isView(value) && isIterable(value)) return Array.from(value);
  return value instanceof Map ? Object.fromEntries(value) : value;
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}
