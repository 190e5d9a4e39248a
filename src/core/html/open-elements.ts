import type { HTMLElement as Element } from 'node-html-parser';
import { IMPLIED_END, SCOPES, SECTIONS } from './tags.js';

/** Where in a page the reader stands: what a tag means depends on it. */
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

  indexOf(element: Element): number {
    return this.#stack.lastIndexOf(element);
  }

  push(element: Element): void {
    this.#stack.push(element);
    const mode = this.#foreign.has(element) ? undefined : MODES.get(element.rawTagName);
    if (mode !== undefined) this.#mode = mode;
  }

  pop(): void {
    if (this.#stack.length > 1) this.remove(this.#stack.length - 1);
  }

  remove(index: number): void {
    const [element] = this.#stack.splice(index, 1);
    if (element !== undefined && MODES.has(element.rawTagName)) this.#look();
  }

  insert(index: number, element: Element): void {
    this.#stack.splice(index, 0, element);
  }

  replace(index: number, element: Element): void {
    this.#stack[index] = element;
  }

  /** Ends all from this index on. */
  cut(index: number): void {
    this.#stack.length = Math.max(index, 1);
    this.#look();
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
    let index = this.#stack.length - 1;
    while (index >= 0 && !tags.includes(this.at(index).rawTagName)) index -= 1;
    return index;
  }

  #look(): void {
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
