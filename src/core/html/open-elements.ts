import type { HTMLElement as Element } from 'node-html-parser';
import { IMPLIED_END, SCOPES, SECTIONS } from './tags.js';

/** Where in a page the reader is: what a tag means depends on it. */
export type Mode = 'body' | 'table' | 'section' | 'row' | 'cell' | 'caption' | 'columns' | 'select';

const MODES: ReadonlyMap<string, Mode> = new Map([
  ['table', 'table'],
  ['tr', 'row'],
  ['td', 'cell'],
  ['th', 'cell'],
  ['caption', 'caption'],
  ['colgroup', 'columns'],
  ['select', 'select'],
  ...[...SECTIONS].map((tag) => [tag, 'section'] as const),
]);

/** The elements that are open at one place of a page, the page itself first. */
export class OpenElements {
  readonly #stack: Element[];
  readonly #foreign: ReadonlyMap<Element, unknown>;
  /** How many of each name are open; most questions are about elements that are not open. */
  readonly #counts = new Map<string, number>();
  #mode: Mode = 'body';

  constructor(page: Element, foreign: ReadonlyMap<Element, unknown>) {
    this.#stack = [page];
    this.#foreign = foreign;
  }

  get current(): Element {
    return this.at(this.#stack.length - 1);
  }

  get depth(): number {
    return this.#stack.length;
  }

  get mode(): Mode {
    return this.#mode;
  }

  at(index: number): Element {
    const element = this.#stack[index];
    if (element === undefined) throw new RangeError('no element is open');
    return element;
  }

  /** Index of the innermost element of this name; -1 where none is open. */
  last(tag: string): number {
    return this.#lastOf([tag]);
  }

  has(tag: string): boolean {
    return (this.#counts.get(tag) ?? 0) > 0;
  }

  indexOf(element: Element): number {
    return this.#stack.lastIndexOf(element);
  }

  push(element: Element): void {
    this.#stack.push(element);
    this.#count(element, 1);
    const mode = this.#foreign.has(element) ? undefined : MODES.get(element.rawTagName);
    if (mode !== undefined) this.#mode = mode;
  }

  pop(): void {
    if (this.#stack.length > 1) this.remove(this.#stack.length - 1);
  }

  remove(index: number): void {
    this.#close(this.#stack.splice(index, 1));
  }

  insert(index: number, element: Element): void {
    this.#stack.splice(index, 0, element);
    this.#count(element, 1);
  }

  /** Puts another element of the same name in the place of one. */
  replace(index: number, element: Element): void {
    this.#stack[index] = element;
  }

  /** Ends all from this index on. */
  cut(index: number): void {
    this.#close(this.#stack.splice(Math.max(index, 1)));
  }

  /** Ends the innermost element of one of these names, and what is open inside. */
  end(...tags: readonly string[]): void {
    const index = this.#lastOf(tags);
    if (index > 0) this.cut(index);
  }

  /** Ends what is open inside the innermost element of one of these names. */
  clearTo(...tags: readonly string[]): void {
    const index = this.#lastOf(tags);
    if (index >= 0 && index < this.#stack.length - 1) this.cut(index + 1);
  }

  /** Ends elements that end by themselves. */
  endImplied(except?: string): void {
    while (IMPLIED_END.has(this.current.rawTagName) && this.current.rawTagName !== except) this.pop();
  }

  /** Whether one of these names can be reached by an end tag. */
  inScope(wanted: readonly string[], scope: keyof typeof SCOPES = 'any'): boolean {
    if (!wanted.some((tag) => this.has(tag))) return false;
    const ends = SCOPES[scope];
    for (let index = this.#stack.length - 1; index > 0; index -= 1) {
      const { rawTagName } = this.at(index);
      if (wanted.includes(rawTagName)) return true;
      if (ends.has(rawTagName)) return false;
    }
    return false;
  }

  hasInScope(wanted: Element): boolean {
    for (let index = this.#stack.length - 1; index > 0; index -= 1) {
      if (this.at(index) === wanted) return true;
      if (SCOPES.any.has(this.at(index).rawTagName)) return false;
    }
    return false;
  }

  #lastOf(tags: readonly string[]): number {
    if (!tags.some((tag) => this.has(tag))) return -1;
    let index = this.#stack.length - 1;
    while (index >= 0 && !tags.includes(this.at(index).rawTagName)) index -= 1;
    return index;
  }

  #close(closed: readonly Element[]): void {
    for (const element of closed) this.#count(element, -1);
    if (closed.some(({ rawTagName }) => MODES.has(rawTagName))) this.#updateMode();
  }

  #count({ rawTagName }: Element, change: 1 | -1): void {
    this.#counts.set(rawTagName, (this.#counts.get(rawTagName) ?? 0) + change);
  }

  #updateMode(): void {
    this.#mode = 'body';
    for (let index = this.#stack.length - 1; index > 0; index -= 1) {
      const element = this.at(index);
      const mode = this.#foreign.has(element) ? undefined : MODES.get(element.rawTagName);
      if (mode === undefined) continue;
      this.#mode = mode;
      return;
    }
  }
}
