import type { NdArray } from '../../read/index.js';
import type { Part } from './part.js';
import { listText } from './value-text.js';

/** The values of a part, read. */
export interface Values {
  readonly name: string;
  readonly dtype: string;
  /** Without the axes of which one index was named. */
  readonly shape: readonly number[];
  readonly data: NdArray['data'];
}

/** Reads a part; a complex number is two values along an axis of its own. */
export async function valuesOf({ variable, read, single }: Part, decode: boolean): Promise<Values> {
  const { data, shape } = await variable.read({ ...read, decode });
  const count = shape.reduce((product, length) => product * length, 1);
  const inner = count > 0 && data.length > count && data.length % count === 0 ? [data.length / count] : [];
  return {
    name: variable.name,
    dtype: variable.dtype,
    shape: [...shape.filter((_, axis) => !single.has(axis)), ...inner],
    data,
  };
}

/** The values as text, a line (or more, where it is long) for each index of the axes but the last. */
export function* valuesText({ name, shape, data }: Values): Generator<string> {
  const row = shape.at(-1) ?? 1;
  yield `${name} =\n`;
  if (data.length === 0) yield '  (no values)\n';
  for (let start = 0; start < data.length && row > 0; start += row) {
    const isLast = start + row >= data.length;
    yield `  ${listText(data.slice(start, start + row), '  ')}${isLast ? ' ;' : ','}\n`;
  }
}

/** The values as arrays within arrays. */
export function nested({ shape, data }: Values): unknown {
  let items: unknown[] = Array.from<unknown>(data);
  if (shape.length === 0) return items[0];
  for (const length of shape.slice(1).reverse()) {
    const outer: unknown[] = [];
    for (let start = 0; length > 0 && start < items.length; start += length)
      outer.push(items.slice(start, start + length));
    items = outer;
  }
  return items;
}
