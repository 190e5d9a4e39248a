import { PythonError } from './python-error.js';

const ESCAPE = /\\(?:x[\da-fA-F]{0,2}|u[\da-fA-F]{0,4}|U[\da-fA-F]{0,8}|N\{[^}\\]+\}|[\s\S])/gu;

/**
 * The string literal that begins at `at`, with its prefix and quotes.
 *
 * @throws {@link PythonError} where it does not end.
 */
export function readString(source: string, at: number, prefix: string, line: number): string {
  const start = at + prefix.length;
  const quote = source[start] ?? '';
  const triple = source.startsWith(quote.repeat(3), start);
  const mark = triple ? quote.repeat(3) : quote;
  for (let end = start + mark.length; end < source.length; end += 1) {
    if (source[end] === '\\') end += 1;
    else if (source[end] === '\n' && !triple) break;
    else if (source.startsWith(mark, end)) {
      const text = source.slice(at, end + mark.length);
      requireEscapes(text.slice(prefix.length), prefix.toLowerCase(), line);
      return text;
    }
  }
  throw new PythonError(line, 'a string is not closed');
}

/** Escapes that the compiler refuses: `'C:\xdata'`, `u'C:\users'`. */
function requireEscapes(text: string, prefix: string, line: number): void {
  const unicode = prefix.includes('u');
  if (prefix.includes('r') && !unicode) return;
  const raw = prefix.includes('r');
  for (const [escape] of text.matchAll(ESCAPE)) {
    const letter = escape[1] ?? '';
    const wrong =
      (letter === 'x' && !raw && escape.length < 4) ||
      (unicode && letter === 'u' && escape.length < 6) ||
      (unicode && letter === 'U' && escape.length < 10) ||
      (unicode && !raw && letter === 'N' && escape.length < 4);
    if (wrong) throw new PythonError(line, `the escape ${escape} of a string is not complete`);
  }
}
