/** What the user gave: arguments and options, the nearest spelling first (command, centre, program). */
export class Input {
  readonly #values: ReadonlyMap<string, unknown>;
  readonly #arguments: ReadonlyMap<string, unknown>;

  constructor(values: ReadonlyMap<string, unknown>, args: ReadonlyMap<string, unknown>) {
    this.#values = values;
    this.#arguments = args;
  }

  /** Whether an option without value was given. */
  flag(name: string): boolean {
    return this.#values.get(name) === true;
  }

  /** Whether `--no-<name>` was given. */
  without(name: string): boolean {
    return this.#values.get(name) === false;
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  number(name: string): number | undefined {
    const value = this.#values.get(name);
    return typeof value === 'number' ? value : undefined;
  }

  /** All values of an option that may be given several times. */
  list(name: string): string[] | undefined {
    const value = this.#values.get(name);
    return Array.isArray(value) ? value.map(String) : undefined;
  }

  /** One of the known words; anything else was refused before. */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.#values.get(name);
    return choices.find((choice) => choice === value);
  }

  /** A needed argument; the parser has made sure that it is there. */
  argument(name: string): string {
    return this.optionalArgument(name) ?? '';
  }

  optionalArgument(name: string): string | undefined {
    const value = this.#arguments.get(name);
    return typeof value === 'string' && value !== '' ? value : undefined;
  }

  /** An argument as it was given, an empty one too. */
  given(name: string): string | undefined {
    const value = this.#arguments.get(name);
    return typeof value === 'string' ? value : undefined;
  }

  argumentList(name: string): string[] {
    const value = this.#arguments.get(name);
    return Array.isArray(value) ? value.map(String) : [];
  }
}
