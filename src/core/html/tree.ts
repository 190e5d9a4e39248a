import type { HTMLElement as Element, TextNode } from 'node-html-parser';
import type { AttributeTexts } from './attributes.js';
import { Formatting } from './formatting.js';
import { OpenElements } from './open-elements.js';
import { CONTROLS, FOSTERS } from './tags.js';

/** How nodes of the HTML parser are made. */
export interface NodeMaker {
  element(tag: string, attributes: string, parent: Element | null): Element;
  text(text: string, parent: Element): TextNode;
}

/** A drawing or a formula. */
export type ForeignKind = 'svg' | 'math';

/** Browsers nest no deeper; what is deeper is kept, without children. */
const DEEPEST = 512;

/** The tree of a page while it is built: where elements and text go. */
export class Tree {
  readonly page: Element;
  readonly open: OpenElements;
  readonly formatting = new Formatting();
  /** Drawings and formulas, and what is in them. */
  readonly foreign = new Map<Element, ForeignKind>();
  /** The form that each control belongs to; a form that was left open takes all that follows. */
  readonly owners = new Map<Element, Element>();
  /** The form that is open, or was never closed. */
  form: Element | undefined;
  /** Without a doctype a table does not end a paragraph. */
  quirks = true;
  readonly #maker: NodeMaker;
  readonly #attributes: AttributeTexts;

  constructor(maker: NodeMaker, attributes: AttributeTexts) {
    this.#maker = maker;
    this.#attributes = attributes;
    this.page = maker.element('', '', null);
    this.open = new OpenElements(this.page, this.foreign);
  }

  /** Adds an element and opens it. */
  insert(tag: string, attributes: string, foster = false, kind?: ForeignKind): Element {
    const element = this.add(tag, attributes, foster);
    if (kind !== undefined) this.foreign.set(element, kind);
    if (this.open.depth < DEEPEST) this.open.push(element);
    return element;
  }

  /** Adds an element that holds nothing. */
  add(tag: string, attributes: string, foster = false): Element {
    const element = this.#maker.element(tag, this.#attributes.plain(attributes), null);
    this.place(element, this.open.current, foster);
    if (CONTROLS.has(tag) && this.form !== undefined) this.owners.set(element, this.form);
    return element;
  }

  text(text: string, foster = false): void {
    const parent = this.open.current;
    this.place(this.#maker.text(text, parent), parent, foster);
  }

  /** The same element once more, without children. */
  copy(element: Element): Element {
    return this.#maker.element(element.rawTagName, element.rawAttrs, null);
  }

  /** Puts a node at the end of an element; what a table does not take goes before the table. */
  place(node: Element | TextNode, parent: Element, foster: boolean): void {
    if (foster && FOSTERS.has(parent.rawTagName)) {
      const index = this.open.last('table');
      const table = index > 0 ? this.open.at(index) : undefined;
      const outside = table?.parentNode;
      if (table !== undefined && outside !== null && outside !== undefined) {
        node.parentNode = outside;
        const before = outside.childNodes.lastIndexOf(table);
        outside.childNodes.splice(before, 0, node);
        return;
      }
    }
    node.parentNode = parent;
    parent.childNodes.push(node);
  }

  /** Takes a node from where it is, to the end of another element. */
  move(node: Element, parent: Element, foster = false): void {
    const before = node.parentNode?.childNodes;
    const index = before?.lastIndexOf(node) ?? -1;
    if (index !== -1) before?.splice(index, 1);
    this.place(node, parent, foster);
  }

  /** Opens formatting again that a block has cut off. */
  reopenFormatting(foster = false): void {
    const { formatting, open } = this;
    let index = formatting.length;
    if (index === 0) return;
    const isClosed = (one: Element | undefined): one is Element => one !== undefined && open.indexOf(one) === -1;
    while (index > 0 && isClosed(formatting.at(index - 1))) index -= 1;
    for (; index < formatting.length && open.depth < DEEPEST; index += 1) {
      const element = formatting.at(index);
      if (element === undefined) return;
      const again = this.copy(element);
      this.place(again, open.current, foster);
      open.push(again);
      formatting.replace(index, again);
    }
  }
}
