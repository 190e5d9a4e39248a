import { Arguments, type Bounds } from '../operation/arguments.js';

/** The checks of {@link Arguments} for calls that carry the name of their operation only. */

export function requireText(value: unknown, label: string, operation: string): string {
  return new Arguments(operation).text(value, label);
}

export function requireInteger(value: unknown, label: string, operation: string, bounds: Bounds = {}): number {
  return new Arguments(operation).integer(value, label, bounds);
}

export function requireNumber(value: unknown, label: string, operation: string, bounds: Bounds = {}): number {
  return new Arguments(operation).number(value, label, bounds);
}

export function requireOneOf<T extends string>(
  value: unknown,
  allowed: readonly T[],
  label: string,
  operation: string,
): T {
  return new Arguments(operation).oneOf(value, label, allowed);
}
