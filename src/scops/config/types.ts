/**
 * A config file of SCOPS as its readers see it: every value a text, `%` signs and references resolved.
 *
 * Keys are lower case. Values of `defaults` show through in every line where it has none of its own; `lines` holds only what
 * is in the line's own section.
 */
export interface ScopsConfig {
  /** The `[DEFAULT]` section, in order. */
  readonly defaults: Readonly<Record<string, string>>;
  /** One section a flight line, in order. */
  readonly lines: Readonly<Record<string, Readonly<Record<string, string>>>>;
}
