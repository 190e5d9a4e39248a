import type { Results } from '../../types.js';

export type { Results } from '../../types.js';

/** All elements of a loop. */
export async function collect<T>(loop: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const one of loop) all.push(one);
  return all;
}

/** A loop whose elements can be asked for all at once. */
export function withToArray<T>(loop: AsyncGenerator<T, void, undefined>): Results<T> {
  return Object.assign(loop, { toArray: () => collect(loop) });
}
