const FLOAT = /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?$/i;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const NOT_A_NUMBER = /^[+-]?nan$/i;

/** What Python's `float(text)` gives; `undefined` where it raises. */
export function pythonFloat(text: string): number | undefined {
  const trimmed = text.trim();
  if (NOT_A_NUMBER.test(trimmed)) return NaN;
  const infinite = INFINITE.exec(trimmed);
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity;
  return FLOAT.test(trimmed) ? Number(trimmed.replaceAll('_', '')) : undefined;
}

/** What Python's `str(float)` gives; version 2 stopped at twelve digits. */
export function formatFloat(value: number, digits: 'full' | 'short'): string {
  const text = digits === 'full' ? String(value) : String(Number(value.toPrecision(12)));
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}
