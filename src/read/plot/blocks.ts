import type { Numbers, Source } from './source.js';

/** Numbers that are held at a time. */
const AT_ONCE = 2 ** 20;

/** Some neighbours along one axis, with all of the others. */
export interface Block {
  readonly first: number;
  readonly length: number;
  readonly values: Numbers;
}

/** Reads a part in pieces along one axis, so that little memory is held. */
export async function* blocksOf(
  source: Source,
  along: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<Block, undefined, undefined> {
  const { shape } = source;
  const total = shape[along] ?? 1;
  const others = shape.reduce((product, count, axis) => (axis === along ? product : product * count), 1);
  const most = Math.max(1, Math.floor(AT_ONCE / others));
  for (let first = 0; first < total; first += most) {
    const length = Math.min(most, total - first);
    signal?.throwIfAborted();
    const values = await source.read(
      shape.map((_, axis) => (axis === along ? first : 0)),
      shape.map((count, axis) => (axis === along ? length : count)),
    );
    yield { first, length, values };
  }
  signal?.throwIfAborted();
  return undefined;
}
