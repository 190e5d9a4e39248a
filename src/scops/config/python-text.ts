/** White space as Python's `str.strip` knows it. */
const EDGES = /^[ \t\n\r\v\f]+|[ \t\n\r\v\f]+$/gu;

export function strip(text: string): string {
  return text.replace(EDGES, '');
}

export function isSpace(character: string | undefined): boolean {
  return character !== undefined && character !== '' && ' \t\n\r\v\f'.includes(character);
}
