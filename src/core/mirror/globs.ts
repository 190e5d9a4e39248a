import type { Arguments } from '../operation/arguments.js';
import { lazy } from '../util/lazy.js';

/** Whether a path is one of those that are wanted. */
export type PathFilter = (path: string) => boolean;

/** A longer pattern is a mistake. */
const LONGEST_PATTERN = 4096;

const library = lazy(async () => (await import('picomatch')).default);

/** @throws `TypeError` for a pattern that is empty or too long. */
export function checkGlobs(args: Arguments, name: string, patterns: readonly string[] = []): void {
  for (const [at, pattern] of patterns.entries()) {
    args.text(pattern, `${name}[${at}]`);
    if (pattern.length > LONGEST_PATTERN)
      throw args.invalid(`${name}[${at}] is longer than ${LONGEST_PATTERN} characters`);
  }
}

/**
 * The paths that are wanted: those that some pattern of `include` matches, all without one, less those that some pattern of `exclude`
 * matches. A pattern without a slash is one for the name alone, in any folder.
 */
export async function pathFilter(
  include: readonly string[] | undefined,
  exclude: readonly string[] | undefined,
): Promise<PathFilter> {
  if (include === undefined && exclude === undefined) return () => true;
  const included = include === undefined ? (): boolean => true : await matcher(include);
  const excluded = exclude === undefined ? (): boolean => false : await matcher(exclude);
  return (path) => included(path) && !excluded(path);
}

async function matcher(patterns: readonly string[]): Promise<PathFilter> {
  if (patterns.length === 0) return () => false;
  const picomatch = await library();
  const tests = patterns.map((pattern) => picomatch([pattern], { dot: true, basename: !pattern.includes('/') }));
  return (path) => tests.some((test) => test(path));
}
