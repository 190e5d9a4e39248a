/** One axis of the part that is read. */
export interface Axis {
  readonly count: number;
  /** Bytes in the file, and elements in the result, between neighbours. */
  readonly from: number;
  readonly to: number;
}

/** Whether all that these axes lead to lies in the file side by side, as in the result. */
export function isContiguous(axes: readonly Axis[], itemBytes: number): boolean {
  let expected = 1;
  for (const { count, from, to } of [...axes].reverse()) {
    if (to !== expected || from !== expected * itemBytes) return false;
    expected *= count;
  }
  return true;
}

/** Bytes from the first to the last of all that these axes lead to. */
export const spanOf = (axes: readonly Axis[], itemBytes: number): number =>
  axes.reduce((sum, { count, from }) => sum + (count - 1) * from, itemBytes);

/** Copies the elements of a window to their places, by words of up to 4 bytes: a float of 8 could lose the bits of a NaN on its way. */
export function scatter(
  window: Uint8Array,
  result: Uint8Array,
  itemBytes: number,
  axes: readonly Axis[],
  to: number,
): void {
  const width = [4, 2].find((bytes) => itemBytes % bytes === 0 && axes.every(({ from }) => from % bytes === 0)) ?? 1;
  const [source, target] = [wordsOf(window, width), wordsOf(result, width)];
  const item = itemBytes / width;
  const row = ({ count, from, to: step }: Axis, at: number, place: number): void => {
    if (from === itemBytes && step === 1) {
      target.set(source.subarray(at / width, at / width + count * item), place * item);
      return;
    }
    const stride = from / width;
    for (let word = 0; word < item; word += 1) {
      let [read, write] = [at / width + word, place * item + word];
      for (let index = 0; index < count; index += 1) {
        target[write] = source[read] ?? 0;
        read += stride;
        write += step * item;
      }
    }
  };
  const copy = (level: number, at: number, place: number): void => {
    const axis = axes[level];
    if (axis === undefined) return;
    if (level === axes.length - 1) row(axis, at, place);
    else
      for (let index = 0; index < axis.count; index += 1)
        copy(level + 1, at + index * axis.from, place + index * axis.to);
  };
  copy(0, 0, to);
}

function wordsOf(bytes: Uint8Array, width: number): Uint8Array | Uint16Array | Uint32Array {
  const length = Math.floor(bytes.byteLength / width);
  if (width === 2) return new Uint16Array(bytes.buffer, bytes.byteOffset, length);
  return width === 4 ? new Uint32Array(bytes.buffer, bytes.byteOffset, length) : bytes;
}
