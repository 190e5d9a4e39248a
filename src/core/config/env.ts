/** A variable of the environment; an empty one counts as absent. The only place that reads `process.env`. */
export function env(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}

/** A variable of the environment as it is: an empty one is an empty text. */
export function rawEnv(name: string): string | undefined {
  return process.env[name];
}
