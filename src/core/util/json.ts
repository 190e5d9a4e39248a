/** What Python's `json.dumps` writes for a value that is not a number; JSON has no word for it. */
const BARE = /(?<![\w.+-])[+-]?(?:NaN|Infinity)(?![\w.])/gu;

/**
 * Reads JSON, and what servers in Python send for it: a bare `NaN`, `Infinity` or `-Infinity` outside of texts is read as
 * `null`, so that it counts as absent.
 *
 * @throws `SyntaxError` for anything else that is not JSON.
 */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    const repaired = withoutBareWords(text);
    if (repaired === text) throw error;
    const value: unknown = JSON.parse(repaired);
    return value;
  }
}

/** Reads one text after another, since a regular expression over all of it would need a stack as long as its longest text. */
function withoutBareWords(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quote = text.indexOf('"', at);
    const open = quote < 0 ? text.length : quote;
    parts.push(text.slice(at, open).replace(BARE, 'null'));
    at = endOfText(text, open);
    parts.push(text.slice(open, at));
  }
  return parts.join('');
}

/** Where the text ends whose first quote is at `open`. */
function endOfText(text: string, open: number): number {
  for (let at = open + 1; at < text.length; at += 1) {
    const character = text[at];
    if (character === '\\') at += 1;
    else if (character === '"') return at + 1;
  }
  return text.length;
}
