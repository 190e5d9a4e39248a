import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type * as Yaml from 'yaml';
import { lazy } from '../util/lazy.js';
import type { Document, LineCounter, YAMLError } from 'yaml';

export interface YamlFile {
  /** Its absolute path. */
  readonly file: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Whether other users of the machine can read it. */
  readonly exposed: boolean;
}

const loadYaml = lazy(() => import('yaml'));

const MAX_BYTES = 1024 * 1024;

/**
 * Reads a YAML file with a mapping at its top; `~` is the home folder. The YAML library is loaded here only.
 *
 * Values are texts as they are written, or nothing: a password of digits without quotes keeps its zeros.
 */
export async function readYamlFile(path: string, fail: (message: string) => Error): Promise<YamlFile> {
  const file = path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(path);
  const text = await read(file, fail);
  const yaml = await loadYaml().catch(() => {
    throw fail(`${file} cannot be read: the YAML reader could not be loaded; try again`);
  });
  const data = valueOf(yaml, text.text, (why) => fail(`${file} is not valid YAML: ${why}`));
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw fail(`${file} does not hold settings (a YAML mapping)`);
  return { file, data: Object.fromEntries(Object.entries(data)), exposed: text.exposed };
}

function valueOf(yaml: typeof Yaml, text: string, fail: (why: string) => Error): unknown {
  const lineCounter = new yaml.LineCounter();
  // The library prints its warnings by itself, with the lines that they are about.
  const document = yaml.parseDocument(text, {
    schema: 'failsafe',
    customTags: ['null'],
    logLevel: 'silent',
    prettyErrors: false,
    lineCounter,
  });
  const mistake = mistakeIn(document, lineCounter);
  if (mistake !== undefined) throw fail(mistake);
  try {
    return document.toJS();
  } catch {
    throw fail('a value that begins with * must be quoted');
  }
}

async function read(file: string, fail: (message: string) => Error): Promise<{ text: string; exposed: boolean }> {
  try {
    const { size, mode } = await stat(file);
    if (size > MAX_BYTES) throw fail(`${file} is too large for a settings file`);
    return { text: await readFile(file, 'utf8'), exposed: process.platform !== 'win32' && (mode & 0o077) !== 0 };
  } catch (error) {
    if (error instanceof Error && 'code' in error) throw fail(`${file} cannot be read (${String(error.code)})`);
    throw error;
  }
}

/**
 * What is wrong with YAML, by the parser's codes. Its own texts are never used: some of them quote the file, and any line of
 * a settings file may hold a password.
 */
const REASONS: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'a value that begins with * must be quoted',
  ALIAS_PROPS: 'a value that begins with * or & must be quoted',
  BAD_DIRECTIVE: 'a line that begins with % must be quoted',
  BAD_DQ_ESCAPE: 'a backslash begins an unknown escape; use single quotes to keep backslashes',
  BAD_INDENT: 'the indentation is wrong, or a bracket is not closed',
  BAD_SCALAR_START: 'a value that begins with %, @ or ` must be quoted',
  BLOCK_AS_IMPLICIT_KEY: 'a key and its value are not on one line',
  BLOCK_IN_FLOW: 'a block is inside brackets',
  DUPLICATE_KEY: 'this key is already set further up',
  MISSING_CHAR: 'a quote, a bracket or a colon is missing',
  MULTILINE_IMPLICIT_KEY: 'the indentation is wrong: a key spans several lines',
  MULTIPLE_ANCHORS: 'a value that begins with & must be quoted',
  MULTIPLE_TAGS: 'a value that begins with ! must be quoted',
  TAB_AS_INDENT: 'a tab is used for indentation',
  TAG_RESOLVE_FAILED: 'a value that begins with ! must be quoted',
  UNEXPECTED_TOKEN: 'YAML does not allow this here; quote the value',
};

/** The first mistake of a document, with its line; `undefined` where there is none. No value of the file is in it. */
function mistakeIn(document: Document.Parsed, lines: LineCounter): string | undefined {
  const [first] = [...document.errors, ...document.warnings].sort((one, other) => one.pos[0] - other.pos[0]);
  return first === undefined ? undefined : wordsOf(first, lines);
}

function wordsOf({ code, pos }: YAMLError, lines: LineCounter): string {
  return `line ${lines.linePos(pos[0]).line}: ${REASONS[code] ?? 'it is not valid YAML'}`;
}
