import type { HTMLElement as Element } from 'node-html-parser';

/** How many formatting elements of one place are opened again; browsers limit equal ones to three. */
const LIMIT = 32;

/** Formatting that is opened again after a block has cut it off ("list of active formatting elements"). */
export class Formatting {
  /** `undefined` is a marker: a cell or the like, which formatting does not cross. */
  readonly #list: (Element | undefined)[] = [];

  get length(): number {
    return this.#list.length;
  }

  at(index: number): Element | undefined {
    return this.#list[index];
  }

  add(element: Element): void {
    const since = this.#list.slice(this.#marker() + 1);
    const equal = since.filter((one) => one?.rawTagName === element.rawTagName && one.rawAttrs === element.rawAttrs);
    const surplus = equal.length >= 3 ? equal[0] : since.length >= LIMIT ? since[0] : undefined;
    if (surplus !== undefined) this.remove(surplus);
    this.#list.push(element);
  }

  mark(): void {
    this.#list.push(undefined);
  }

  clearToMarker(): void {
    this.#list.length = Math.max(this.#marker(), 0);
  }

  /** The innermost one of this name on this side of a marker. */
  last(tag: string): Element | undefined {
    return this.#list
      .slice(this.#marker() + 1)
      .reverse()
      .find((element) => element?.rawTagName === tag);
  }

  indexOf(element: Element): number {
    return this.#list.lastIndexOf(element);
  }

  has(element: Element): boolean {
    return this.indexOf(element) !== -1;
  }

  remove(element: Element): void {
    const index = this.indexOf(element);
    if (index !== -1) this.#list.splice(index, 1);
  }

  replace(index: number, element: Element): void {
    this.#list[index] = element;
  }

  insert(index: number, element: Element): void {
    this.#list.splice(index, 0, element);
  }

  #marker(): number {
    return this.#list.lastIndexOf(undefined);
  }
}
