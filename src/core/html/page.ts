import type { HTMLElement as Element, TextNode, parse } from 'node-html-parser';
import { lazy } from '../util/lazy.js';
import { AttributeTexts } from './attributes.js';
import { build } from './build.js';
import { Tree, type NodeMaker } from './tree.js';

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
  /** The inputs, selects and buttons of a form, in page order, wherever browsers take them for its own. */
  readonly controls: HtmlNode[];
}

/** The parser, loaded before the first request: an answer cannot be read without it. */
export const pageParser = lazy(() => import('node-html-parser'));

/**
 * Reads a page as browsers do: elements that were left open, crossed, or put where they are not allowed, tags in any case,
 * attributes in any quotes. `node-html-parser` gives the nodes and the selectors; its own reading of ill-formed pages
 * loses whole elements, so the tree is built here (HTML Standard, "Parsing HTML documents").
 */
export async function parsePage(html: string): Promise<HtmlNode> {
  const parser = await pageParser();
  const attributes = new AttributeTexts();
  const tree = new Tree(nodeMaker(parser), attributes);
  build(tree, html);
  return new ParsedNode(tree.page, { attributes, tree });
}

interface Parser {
  readonly HTMLElement: typeof Element;
  readonly TextNode: typeof TextNode;
  readonly parse: typeof parse;
}
type VoidTags = ConstructorParameters<typeof Element>[5];

function nodeMaker(parser: Parser): NodeMaker {
  // shared: each element would make its own list of the void tags, which costs more than the element
  const shared: unknown = Reflect.get(parser.parse(''), 'voidTag');
  const voidTags = isVoidTags(shared) ? shared : undefined;
  return {
    element: (tag, raw, parent) => {
      const keys = { id: ID.exec(raw)?.[1] ?? '', class: CLASS.exec(raw)?.[1] ?? '' };
      return new parser.HTMLElement(tag, keys, raw, parent, undefined, voidTags);
    },
    text: (text, parent) => new parser.TextNode(text, parent),
  };
}

function isVoidTags(value: unknown): value is VoidTags {
  return typeof value === 'object' && value !== null && 'isVoidElement' in value;
}

const ID = /\sid="([^"]*)"/u;
const CLASS = /\sclass="([^"]*)"/u;

interface PageParts {
  readonly attributes: AttributeTexts;
  readonly tree: Tree;
}

/** A class and not a bundle of closures: a list page has thousands of nodes. */
class ParsedNode implements HtmlNode {
  readonly #element: Element;
  readonly #parts: PageParts;

  constructor(element: Element, parts: PageParts) {
    this.#element = element;
    this.#parts = parts;
  }

  get tag(): string {
    return this.#element.rawTagName;
  }

  get text(): string {
    const text = this.#element.text.trim();
    return /\s\s|[^\S ]/u.test(text) ? text.replace(/\s+/gu, ' ') : text;
  }

  attr(name: string): string | undefined {
    // most values hold no entity; getAttribute decodes all of an element's attributes for the one
    const raw = this.#parts.attributes.of(this.#element.rawAttrs).get(name);
    return raw?.includes('&') === true ? this.#element.getAttribute(name) : raw;
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
    const found = this.#element.children.find(({ rawTagName }) => rawTagName === tag);
    return found === undefined ? undefined : this.#nodeOf(found);
  }

  get controls(): HtmlNode[] {
    const { tree } = this.#parts;
    const id = this.#element.id;
    const isOwn = (element: Element): boolean => {
      const named = element.getAttribute('form');
      if (named !== undefined) return named !== '' && named === id;
      return tree.owners.get(element) === this.#element;
    };
    return tree.page
      .querySelectorAll(CONTROLS)
      .filter(isOwn)
      .map((element) => this.#nodeOf(element));
  }

  #nodeOf(element: Element): HtmlNode {
    return new ParsedNode(element, this.#parts);
  }
}

const CONTROLS = 'button, fieldset, input, object, output, select, textarea';
