import type { Arguments } from '../../core/operation/arguments.js';

/**
 * A text that SCOPS can store: printable ASCII without `;` (refused by the server), `%` (500) and line ends (stored as a
 * continuation line). The web site cuts a config file off at the first other character (pitfall 26).
 *
 * @throws `TypeError` naming the character.
 */
export function requireStorable(args: Arguments, value: unknown, label: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw args.invalid(`${label} must be a non-empty string`);
  const bad = /[^\x20-\x7e]|[;%]/u.exec(value);
  if (bad !== null)
    throw args.invalid(
      `${label} must be printable ASCII without ; and % (the server breaks on other characters); found ${JSON.stringify(bad[0])}`,
    );
  if (value !== value.trim()) throw args.invalid(`${label} must not begin or end with a space`);
  return value;
}

const EMAIL = /^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+$/u;

/** One plain e-mail address. */
export function requireEmail(args: Arguments, value: unknown): string {
  const email = requireStorable(args, value, 'email');
  if (!EMAIL.test(email) || email.length > 254)
    throw args.invalid(`email must be one plain address such as name@institute.org; got ${JSON.stringify(email)}`);
  return email;
}

/** A number as the form takes it: plain decimal, never with an exponent. */
export function decimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/0+$/u, '').replace(/\.$/u, '') : text;
}
