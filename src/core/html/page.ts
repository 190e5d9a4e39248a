import type { HTMLElement as ParsedElement } from 'node-html-parser';

/** One element of a page. The only door to the HTML parser. */
export interface HtmlNode {
  /** Lower case; empty for the page itself. */
  readonly tag: string;
  /** All text below, entities decoded, white space collapsed. */
  readonly text: string;
  attr(name: string): string | undefined;
  hasClass(name: string): boolean;
  all(selector: string): HtmlNode[];
  first(selector: string): HtmlNode | undefined;
  readonly parent: HtmlNode | undefined;
  readonly children: HtmlNode[];
}

/** Reads a page; forgiving, like a browser. */
export async function parsePage(html: string): Promise<HtmlNode> {
  const { parse } = await import('node-html-parser');
  return new ParsedNode(parse(html, { comment: false, blockTextElements: { script: false, style: false } }));
}

/** A class and not a bundle of closures: a list page has thousands of nodes. */
class ParsedNode implements HtmlNode {
  readonly #element: ParsedElement;

  constructor(element: ParsedElement) {
    this.#element = element;
  }

  get tag(): string {
    return this.#element.parentNode === null ? '' : this.#element.rawTagName.toLowerCase();
  }

  get text(): string {
    return this.#element.text.replace(/\s+/gu, ' ').trim();
  }

  attr(name: string): string | undefined {
    return this.#element.getAttribute(name);
  }

  hasClass(name: string): boolean {
    return this.#element.classList.contains(name);
  }

  all(selector: string): HtmlNode[] {
    return this.#element.querySelectorAll(selector).map(nodeOf);
  }

  first(selector: string): HtmlNode | undefined {
    const found = this.#element.querySelector(selector);
    return found === null ? undefined : nodeOf(found);
  }

  get parent(): HtmlNode | undefined {
    const { parentNode } = this.#element;
    return parentNode === null ? undefined : nodeOf(parentNode);
  }

  get children(): HtmlNode[] {
    return this.#element.children.map(nodeOf);
  }
}

function nodeOf(element: ParsedElement): HtmlNode {
  return new ParsedNode(element);
}
