/** A variable of the environment; an empty one counts as absent. The only place that reads `process.env`. */
export function env(name: string): string | undefined {
  const value = process.env[name];
  return value === undefined || value === '' ? undefined : value;
}
