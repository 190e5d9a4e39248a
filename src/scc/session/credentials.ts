import { ConfigError } from '../../errors.js';
import { env } from '../../core/config/env.js';
import { CENTRE, VARIABLES } from '../centre.js';
import type { SccCredentials } from '../types.js';

/**
 * The two logins: what the caller gives, and of the environment what is not given.
 *
 * @throws {@link ConfigError} that names what is missing, as option and as environment variable.
 */
export function resolveCredentials(given: SccCredentials | undefined): SccCredentials {
  const missing: string[] = [];
  const pick = (key: keyof SccCredentials): string => {
    const value = textOf(given?.[key] ?? env(VARIABLES[key]));
    if (value === undefined) missing.push(`credentials.${key} (or ${VARIABLES[key]})`);
    return value ?? '';
  };
  const credentials = {
    httpAuthUser: pick('httpAuthUser'),
    httpAuthPassword: pick('httpAuthPassword'),
    username: pick('username'),
    password: pick('password'),
  };
  if (missing.length > 0) throw configError(`the SCC needs two logins; missing: ${missing.join(', ')}`);
  if (credentials.httpAuthUser.includes(':'))
    throw configError('credentials.httpAuthUser must not contain a colon (RFC 7617)');
  return credentials;
}

/** A setting that is a text and not empty. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The error for a setting that is missing or wrong. */
export function configError(message: string): ConfigError {
  return new ConfigError(message, { centre: CENTRE, operation: 'scc.settings' });
}
