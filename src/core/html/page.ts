import type { HTMLElement as ParsedElement } from 'node-html-parser';

/** One element of a page. The only door to the HTML parser. */
export interface HtmlNode {
  /** Lower case; empty for the page itself. */
  readonly tag: string;
  /** All text below, entities decoded, white space collapsed. */
  readonly text: string;
  attr(name: string): string | undefined;
  /** The first class that begins so. */
  classWith(prefix: string): string | undefined;
  hasClass(name: string): boolean;
  all(selector: string): HtmlNode[];
  first(selector: string): HtmlNode | undefined;
  readonly parent: HtmlNode | undefined;
  readonly children: HtmlNode[];
  /** First child with this tag. */
  child(tag: string): HtmlNode | undefined;
}

/** Reads a page; forgiving, like a browser. */
export async function parsePage(html: string): Promise<HtmlNode> {
  const { parse } = await import('node-html-parser');
  return new ParsedNode(parse(html, { comment: false, blockTextElements: { script: false, style: false } }), new Map());
}

type Attributes = ParsedElement['rawAttributes'];

/** A class and not a bundle of closures: a list page has thousands of nodes. */
class ParsedNode implements HtmlNode {
  readonly #element: ParsedElement;
  /** Of the whole page, by their text: a list shows the same few icons a thousand times. */
  readonly #attributes: Map<string, Attributes>;

  constructor(element: ParsedElement, attributes: Map<string, Attributes>) {
    this.#element = element;
    this.#attributes = attributes;
  }

  get tag(): string {
    return this.#element.parentNode === null ? '' : this.#element.rawTagName.toLowerCase();
  }

  get text(): string {
    const text = this.#element.text.trim();
    return /\s\s|[^\S ]/u.test(text) ? text.replace(/\s+/gu, ' ') : text;
  }

  attr(name: string): string | undefined {
    // most values hold no entity; getAttribute decodes all of an element's attributes for the one
    const { rawAttrs } = this.#element;
    let attributes = this.#attributes.get(rawAttrs);
    if (attributes === undefined) this.#attributes.set(rawAttrs, (attributes = this.#element.rawAttributes));
    const raw = attributes[name];
    return typeof raw === 'string' && !raw.includes('&') ? raw : this.#element.getAttribute(name);
  }

  classWith(prefix: string): string | undefined {
    for (const name of this.#element.classList.values()) if (name.startsWith(prefix)) return name;
    return undefined;
  }

  hasClass(name: string): boolean {
    return this.#element.classList.contains(name);
  }

  all(selector: string): HtmlNode[] {
    return this.#element.querySelectorAll(selector).map((element) => this.#nodeOf(element));
  }

  first(selector: string): HtmlNode | undefined {
    const found = this.#element.querySelector(selector);
    return found === null ? undefined : this.#nodeOf(found);
  }

  get parent(): HtmlNode | undefined {
    const { parentNode } = this.#element;
    return parentNode === null ? undefined : this.#nodeOf(parentNode);
  }

  get children(): HtmlNode[] {
    return this.#element.children.map((element) => this.#nodeOf(element));
  }

  child(tag: string): HtmlNode | undefined {
    const found = this.#element.children.find(({ rawTagName }) => rawTagName.toLowerCase() === tag);
    return found === undefined ? undefined : this.#nodeOf(found);
  }

  #nodeOf(element: ParsedElement): HtmlNode {
    return new ParsedNode(element, this.#attributes);
  }
}
