import type { Document, LineCounter, YAMLError } from 'yaml';

/**
 * What is wrong with YAML, by the parser's codes. Its own texts are never used: some of them quote the file, and any line of
 * a settings file may hold a password.
 */
const REASONS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'a value that begins with * must stand in quotes',
  ALIAS_PROPS: 'a value that begins with * or & must stand in quotes',
  BAD_DIRECTIVE: 'a line that begins with % must stand in quotes',
  BAD_DQ_ESCAPE: 'there is an unknown escape after a backslash; single quotes take backslashes as they are',
  BAD_INDENT: 'the indentation does not fit, or a bracket is not closed',
  BAD_SCALAR_START: 'a value that begins with %, @ or ` must stand in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a key and its value are not on one line',
  BLOCK_IN_FLOW: 'a block stands within brackets',
  DUPLICATE_KEY: 'the same key stands here a second time',
  MISSING_CHAR: 'a quote, a bracket or a colon is missing',
  MULTILINE_IMPLICIT_KEY: 'the indentation does not fit: a key goes over several lines',
  MULTIPLE_ANCHORS: 'a value that begins with & must stand in quotes',
  MULTIPLE_TAGS: 'a value that begins with ! must stand in quotes',
  TAB_AS_INDENT: 'a tab is used as indentation',
  TAG_RESOLVE_FAILED: 'a value that begins with ! must stand in quotes',
  UNEXPECTED_TOKEN: 'there is something that YAML does not expect here; put the value in quotes',
};

/** The first mistake of a document, with its line; `undefined` where there is none. No value of the file is in it. */
export function mistakeIn(document: Document.Parsed, lines: LineCounter): string | undefined {
  const [first] = [...document.errors, ...document.warnings].sort((one, other) => one.pos[0] - other.pos[0]);
  return first === undefined ? undefined : wordsOf(first, lines);
}

function wordsOf({ code, pos }: YAMLError, lines: LineCounter): string {
  return `line ${lines.linePos(pos[0]).line}: ${REASONS[code] ?? 'it is not YAML'}`;
}
