import type { Context } from './context.js';
import type { ArgumentSpec, OptionSpec } from './option-spec.js';

/** One command: everything that help, completion, the guide and the program are made of. */
export interface CommandSpec {
  readonly name: string;
  /** The names that existing tools give it. */
  readonly aliases?: readonly string[];
  readonly summary: string;
  /** Further paragraphs of the help. */
  readonly details?: string;
  readonly arguments?: readonly ArgumentSpec[];
  readonly options?: readonly OptionSpec[];
  /** What the SDK calls otherwise than this command, such as `delayHours` for `--delay`; before those of the group. */
  readonly words?: Readonly<Record<string, string>>;
  /** Complete command lines, each with what it does. */
  readonly examples: readonly (readonly [line: string, what: string])[];
  run(context: Context): Promise<void>;
}

/** The commands of one centre. */
export interface GroupSpec {
  readonly name: string;
  readonly summary: string;
  /** Options of all its commands, accepted before the command's name too. */
  readonly options: readonly OptionSpec[];
  /** What the SDK calls otherwise than the commands. */
  readonly words?: Readonly<Record<string, string>>;
  readonly commands: readonly CommandSpec[];
}

/** A list below the help of the program. */
export interface NoteList {
  readonly heading: string;
  readonly items: readonly (readonly [term: string, text: string])[];
}
