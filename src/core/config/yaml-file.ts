import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type * as Yaml from 'yaml';
import { lazy } from '../util/lazy.js';
import { mistakeIn } from './yaml-mistake.js';

/** A YAML settings file. */
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
    throw fail(`${file} cannot be read: the reader of YAML could not be loaded; try again`);
  });
  const data = valueOf(yaml, text.text, (why) => fail(`${file} is not readable as YAML: ${why}`));
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw fail(`${file} holds no settings (a YAML mapping)`);
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
    throw fail('a value that begins with * must stand in quotes');
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
