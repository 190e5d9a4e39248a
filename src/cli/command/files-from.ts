import { addAbortSignal } from 'node:stream';
import type { Context } from './context.js';
import type { OptionSpec } from './option-spec.js';
import { readNamedFile, textOf } from './read-file.js';

/** Option of commands that download what is named. */
export const filesFrom = (what: string): OptionSpec => ({
  flags: '--files-from <file>',
  text: `read more ${what} from a file, one per line, or from standard input (-)`,
});

/** What `--files-from` names; `undefined` where it was not given. Blank lines and those that begin with # are left out. */
export async function namesFromFile({ input, terminal, signal }: Context): Promise<string[] | undefined> {
  const path = input.text('filesFrom');
  if (path === undefined) return undefined;
  const text = path === '-' ? await textOfStream(terminal.input, signal) : await readNamedFile(path, 'the list');
  return text
    .replace(/^\uFEFF/u, '')
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

async function textOfStream(stream: Context['terminal']['input'], signal: AbortSignal): Promise<string> {
  const chunks: Uint8Array[] = [];
  const pieces: AsyncIterable<unknown> = addAbortSignal(signal, stream);
  for await (const piece of pieces) chunks.push(piece instanceof Uint8Array ? piece : Buffer.from(String(piece)));
  signal.throwIfAborted();
  return textOf(Buffer.concat(chunks), 'the list on standard input');
}
