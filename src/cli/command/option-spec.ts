/** One argument of a command, in order. */
export interface ArgumentSpec {
  /** `<needed>`, `[optional]`, `<several...>`. */
  readonly flags: string;
  readonly text: string;
  readonly choices?: readonly string[];
}

/** One option of a command, in its spelling with hyphens; `_` is understood as well. */
export interface OptionSpec {
  /** `-p, --process`, `--delay <hours>`. */
  readonly flags: string;
  readonly text: string;
  readonly choices?: readonly string[];
  /** Words that help and completion offer; others are taken too. */
  readonly suggestions?: readonly string[];
  /** May be given several times, or with commas between. */
  readonly many?: true;
  /** May be given several times; commas are part of the value. */
  readonly each?: true;
  /** A number within these bounds. */
  readonly number?: { readonly min?: number; readonly max?: number; readonly whole?: true };
  readonly required?: true;
  /** Names of options, in camel case, that exclude this one. */
  readonly conflicts?: readonly string[];
  /** Understood, but not shown in the help: an older spelling. */
  readonly hidden?: true;
}
