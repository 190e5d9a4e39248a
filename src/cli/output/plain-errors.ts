/** For `JSON.stringify`: errors that know no `toJSON` would print as `{}`. */
export function plainErrors(_name: string, value: unknown): unknown {
  return value instanceof Error && !('toJSON' in value) ? { name: value.name, message: value.message } : value;
}
