import { setImmediate } from 'node:timers/promises';
import { PAGE_BYTES, WINDOW_BYTES } from '../source/limits.js';
import { checkRange, type ByteSource } from '../source/byte-source.js';
import { NUMERIC, numbersIn, swapBytes, type NumericArray, type NumericType } from './data-types.js';
import { isContiguous, scatter, spanOf, type Axis } from './axes.js';
import { sizeOf, stridesOf, type Selection } from './selection.js';

/** Where the elements of an array lie in a file: any order of axes, with gaps. */
export interface Layout {
  /** The byte of the first element. */
  readonly offset: number;
  /** Bytes from one element to the next along each axis. */
  readonly byteStrides: readonly number[];
  readonly itemBytes: number;
}

/** Pieces that are read for themselves at most, however large the gaps between them are: at once, or each with a promise. */
const [MOST_READS, MOST_WAITS] = [8192, 256];
/** What is read at once before other work has its turn; a read of its own counts as so many bytes at least. */
const [TURN_BYTES, READ_BYTES] = [1024 * 1024, 1024];

/** Where the elements of a part lie: in the order of the file. */
interface Part {
  readonly elements: number;
  /** The byte of the first of them. */
  readonly first: number;
  readonly axes: readonly Axis[];
}

/** @throws `DataError` where the part goes on behind the end of the file. */
function partOf(
  source: ByteSource,
  { offset, byteStrides, itemBytes }: Layout,
  { start, count, stride }: Selection,
): Part {
  const strides = stridesOf(count);
  const first = start.reduce((sum, index, axis) => sum + index * (byteStrides[axis] ?? 0), offset);
  const axes = count
    .map((many, axis) => ({
      count: many,
      from: (byteStrides[axis] ?? 0) * (stride[axis] ?? 1),
      to: strides[axis] ?? 1,
    }))
    .filter((axis) => axis.count !== 1)
    .sort((a, b) => b.from - a.from);
  const elements = sizeOf(count);
  if (elements > 0) checkRange(source, first, spanOf(axes, itemBytes));
  return { elements, first, axes };
}

/** The numbers of a part of an array, in C order, read as by {@link readStrided}. */
export async function readNumbers(
  source: ByteSource,
  layout: Layout,
  selection: Selection,
  dtype: NumericType,
  bigEndian: boolean,
): Promise<NumericArray> {
  const { word } = NUMERIC[dtype];
  const { elements, first, axes } = partOf(source, layout, selection);
  const isPlain = elements > 0 && isContiguous(axes, layout.itemBytes);
  if (!bigEndian || word === 1 || !isPlain || source.readInPieces === undefined)
    return numbersIn(await readStrided(source, layout, selection), dtype, bigEndian);
  const length = elements * layout.itemBytes;
  return numbersIn(await source.readInPieces(first, length, (piece) => swapBytes(piece, word)), dtype, false);
}

/**
 * The stored bytes of a part of an array, in C order.
 *
 * Of the file no more than twice these bytes is read, and no more than a few MB at a time. Only where a part lies in thousands of pieces,
 * the gaps of up to a page between them are read too: the system reads whole pages anyway.
 */
export async function readStrided(
  source: ByteSource,
  layout: Layout,
  selection: Selection,
): Promise<Uint8Array<ArrayBuffer>> {
  const { itemBytes } = layout;
  const { elements, first, axes } = partOf(source, layout, selection);
  if (elements === 0) return new Uint8Array(0);
  if (isContiguous(axes, itemBytes)) return source.read(first, elements * itemBytes);
  const result = new Uint8Array(elements * itemBytes);
  const level = levelOf(axes, itemBytes, source.readSync === undefined ? MOST_WAITS : MOST_READS);
  const pieces = { result, itemBytes, axes: axes.slice(level) };
  const outer = axes.slice(0, level);
  if (source.readSync === undefined) await readWaiting(source, pieces, outer, first);
  else await readAtOnce(source, source.readSync, pieces, outer, first);
  return result;
}

/**
 * The first axis from which on all is read in one piece: no more than twice what is wanted; where there would be too many pieces,
 * with gaps of up to a page.
 */
function levelOf(axes: readonly Axis[], itemBytes: number, mostReads: number): number {
  let [span, wanted, level, near] = [itemBytes, itemBytes, axes.length, axes.length];
  for (let axis = axes.length - 1; axis >= 0; axis -= 1) {
    const { count = 1, from = 0 } = axes[axis] ?? {};
    const isNear = near === axis + 1 && from - span <= PAGE_BYTES;
    span += (count - 1) * from;
    wanted *= count;
    if (span <= 2 * wanted) level = axis;
    if (isNear || level === axis) near = axis;
  }
  const reads = axes.slice(0, level).reduce((product, { count }) => product * count, 1);
  return reads > mostReads ? Math.min(near, level) : level;
}

/** Where a piece lies in the file, and its first element in the result. */
interface Place {
  readonly at: number;
  readonly to: number;
}

/** Where these axes lead to, in the order of the file. */
function* placesOf(axes: readonly Axis[], at: number, to = 0): Generator<Place> {
  const [outer, ...inner] = axes;
  if (outer === undefined) yield { at, to };
  else
    for (let index = 0; index < outer.count; index += 1)
      yield* placesOf(inner, at + index * outer.from, to + index * outer.to);
}

/** Where the elements of every piece lie in it, and go to. */
interface Pieces {
  readonly result: Uint8Array<ArrayBuffer>;
  readonly itemBytes: number;
  readonly axes: readonly Axis[];
}

/** A part of a piece that is read at once. */
interface Window extends Place {
  readonly axes: readonly Axis[];
  readonly span: number;
}

/** Divides a piece along the outermost axes, so that no window has many more bytes than these. */
function* windowsOf(axes: readonly Axis[], itemBytes: number, most: number, place: Place): Generator<Window> {
  const span = spanOf(axes, itemBytes);
  const [outer, ...inner] = axes;
  if (outer === undefined || span <= most) {
    yield { ...place, axes, span };
    return;
  }
  const innerSpan = spanOf(inner, itemBytes);
  const together = innerSpan > most ? 1 : Math.max(1, Math.floor((most - innerSpan) / outer.from) + 1);
  for (let index = 0; index < outer.count; index += together) {
    const count = Math.min(together, outer.count - index);
    const here = { at: place.at + index * outer.from, to: place.to + index * outer.to };
    yield* windowsOf(count === 1 ? inner : [{ ...outer, count }, ...inner], itemBytes, most, here);
  }
}

async function readWaiting(source: ByteSource, pieces: Pieces, outer: readonly Axis[], first: number): Promise<void> {
  const { result, itemBytes, axes } = pieces;
  for (const place of placesOf(outer, first))
    for (const window of windowsOf(axes, itemBytes, WINDOW_BYTES, place))
      scatter(await source.read(window.at, window.span), result, itemBytes, window.axes, window.to);
}

/** Reads without a promise for each of many small pieces, and into the same memory again and again. */
async function readAtOnce(
  source: ByteSource,
  readSync: NonNullable<ByteSource['readSync']>,
  { result, itemBytes, axes }: Pieces,
  outer: readonly Axis[],
  first: number,
): Promise<void> {
  const most = Math.max(itemBytes, Math.min(TURN_BYTES, spanOf(axes, itemBytes)));
  let memory = new Uint8Array(0);
  const take = (window: readonly Axis[], at: number, to: number, span: number, isPlain: boolean): void => {
    if (isPlain) readSync(at, result.subarray(to * itemBytes, to * itemBytes + span));
    else {
      if (memory.byteLength === 0) memory = new Uint8Array(most);
      readSync(at, memory.subarray(0, span));
      scatter(memory, result, itemBytes, window, to);
    }
  };
  // Of the innermost of the axes that lead to pieces as many at once as have their turn.
  const row = outer.at(-1) ?? { count: 1, from: 0, to: 0 };
  const pieceBytes = spanOf(axes, itemBytes);
  const isPlain = isContiguous(axes, itemBytes);
  const isSmall = pieceBytes <= most;
  let left = 0;
  const turn = async (): Promise<void> => {
    if (left > 0) return;
    await setImmediate(); // gives an abort its turn
    await source.read(0, 0); // and ends it where it was aborted
    left = TURN_BYTES;
  };
  await source.read(0, 0);
  left = TURN_BYTES;
  for (const { at, to } of placesOf(outer.slice(0, -1), first))
    for (let index = 0; index < row.count; index += 1) {
      const place = { at: at + index * row.from, to: to + index * row.to };
      if (isSmall) take(axes, place.at, place.to, pieceBytes, isPlain);
      else
        for (const window of windowsOf(axes, itemBytes, most, place)) {
          take(window.axes, window.at, window.to, window.span, isContiguous(window.axes, itemBytes));
          left -= window.span;
          await turn();
        }
      left -= READ_BYTES;
      if (left <= 0) await turn();
    }
}
