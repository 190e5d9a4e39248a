/** A point of a line. */
export interface Point {
  /** Its number among the points of its line. */
  readonly index: number;
  readonly place: number;
  readonly value: number;
  /** The ends of its uncertainty; the value itself where there is none. */
  readonly low: number;
  readonly high: number;
}

/** What of a column is kept. */
interface Held {
  readonly first: Point;
  lowest: Point;
  highest: Point;
  least: Point;
  most: Point;
  last: Point;
}

/**
 * Takes the points of a line in order and keeps of each pixel column what can be seen of it: the first, the last, the lowest and the
 * highest. A column without any value is a gap, and so is each missing value where all points are kept.
 */
export class Thinner {
  readonly #points: Point[] = [];
  readonly #total: number;
  readonly #columns: number;
  #column = 0;
  #held: Held | undefined;
  #gap: Point | undefined;

  /**
   * @param total - How many points will come.
   * @param columns - Pixel columns; as long as there are at most four points for each, all are kept.
   */
  constructor(total: number, columns: number) {
    this.#total = total;
    this.#columns = total <= columns * 4 ? total : columns;
  }

  add(point: Point): void {
    const column = Math.floor((point.index * this.#columns) / this.#total);
    if (column !== this.#column) this.#flush();
    this.#column = column;
    if (Number.isNaN(point.value) || Number.isNaN(point.place)) this.#gap ??= { ...point, value: Number.NaN };
    else this.#hold(point);
  }

  /** The points that are kept; none may come afterwards. */
  end(): readonly Point[] {
    this.#flush();
    return this.#points;
  }

  #hold(point: Point): void {
    const held = this.#held;
    if (held === undefined) {
      this.#held = { first: point, lowest: point, highest: point, least: point, most: point, last: point };
      return;
    }
    if (point.value < held.lowest.value) held.lowest = point;
    if (point.value > held.highest.value) held.highest = point;
    if (point.low < held.least.low) held.least = point;
    if (point.high > held.most.high) held.most = point;
    held.last = point;
  }

  #flush(): void {
    const kept = this.#held === undefined ? [] : keptOf(this.#held);
    if (kept.length === 0 && this.#gap !== undefined) kept.push(this.#gap);
    this.#points.push(...kept);
    this.#held = undefined;
    this.#gap = undefined;
  }
}

/** Each point once, in order. */
function keptOf({ first, lowest, highest, least, most, last }: Held): Point[] {
  return [...new Set([first, lowest, highest, least, most, last])].sort((a, b) => a.index - b.index);
}
