import { Option } from 'commander';

/** An option whose value is one of the suggested words or any other. */
export class OpenOption extends Option {
  readonly suggestions: readonly string[];

  constructor(flags: string, description: string, suggestions: readonly string[]) {
    super(flags, description);
    this.suggestions = suggestions;
  }
}

/** The words that are worth offering as the value of an option: all that there are, or those that are known. */
export function wordsFor(option: Option): readonly string[] | undefined {
  return option instanceof OpenOption ? option.suggestions : option.argChoices;
}
