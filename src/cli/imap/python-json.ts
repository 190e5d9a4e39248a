/** JSON on one line as Python's `json.dumps` writes it: blanks after `,` and `:`, everything beyond ASCII escaped. */
export function pythonJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, one]) => `${text(name)}: ${pythonJson(one)}`);
    return `{${entries.join(', ')}}`;
  }
  return typeof value === 'string' ? text(value) : JSON.stringify(value ?? null);
}

function text(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
