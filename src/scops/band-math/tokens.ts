export type Token =
  | { readonly kind: 'number' | 'name' | 'operator'; readonly text: string; readonly end: number }
  | { readonly kind: 'band'; readonly text: string; readonly end: number; readonly band: number };

const TOKEN =
  /\s*(?:(\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)(?![A-Za-z_0-9.])|([A-Za-z_][A-Za-z_0-9.]*)|(\*\*|<=|>=|==|!=|[-+*/(),<>&|~]))/uy;

/** Cuts an equation into its pieces; `complain` makes the error for a place that is none. */
export function tokensOf(equation: string, complain: (what: string) => Error): Token[] {
  const tokens: Token[] = [];
  const text = equation.trim();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (match === null) throw complain(`cannot be read from ${JSON.stringify(text.slice(at, at + 20))} on`);
    const [, number, name, operator] = match;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, end: TOKEN.lastIndex });
    else if (name !== undefined) tokens.push(nameToken(name, TOKEN.lastIndex, complain));
    else if (operator !== undefined) tokens.push({ kind: 'operator', text: operator, end: TOKEN.lastIndex });
  }
  return tokens;
}

function nameToken(name: string, end: number, complain: (what: string) => Error): Token {
  const band = /^band(\d+)$/u.exec(name);
  if (band === null) return { kind: 'name', text: name, end };
  const [, digits = ''] = band;
  if (digits.length > 3 || digits.startsWith('0')) throw complain(`names ${name}; bands are band1 to band999`);
  return { kind: 'band', text: name, end, band: Number(digits) };
}
