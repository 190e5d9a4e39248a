import { UsageError } from '../command/usage-error.js';

/** A blank between words, or a piece of a word: in quotes, behind a backslash, or plain. */
const PIECES = /(?<blank>\s+)|'(?<raw>[^']*)'|"(?<quoted>(?:\\["\\]|[^"])*)"|\\(?<escaped>[\s'"\\])|(?<plain>[^'"])/guy;

/**
 * The words of a command line as a shell would take them apart, without anything else that a shell does: quotes keep blanks, a backslash
 * a blank, a quote or another backslash. Elsewhere it stays, as in paths of Windows.
 */
export function wordsOfLine(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let end = 0;
  for (const { 0: piece, index, groups = {} } of line.matchAll(PIECES)) {
    end = index + piece.length;
    const { blank, raw, quoted, escaped, plain } = groups;
    if (blank === undefined) {
      word = `${word ?? ''}${raw ?? quoted?.replaceAll(/\\(["\\])/gu, '$1') ?? escaped ?? plain ?? ''}`;
    } else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  if (end < line.length) throw new UsageError(`--run has an unclosed quotation mark: ${line}`);
  return word === undefined ? words : [...words, word];
}
