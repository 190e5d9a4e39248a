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
  return wrap(parse(html, { comment: false, blockTextElements: { script: false, style: false } }));
}

function wrap(element: ParsedElement): HtmlNode {
  return {
    get tag() {
      return element.parentNode === null ? '' : element.rawTagName.toLowerCase();
    },
    get text() {
      return element.text.replace(/\s+/gu, ' ').trim();
    },
    attr: (name) => element.getAttribute(name),
    hasClass: (name) => element.classList.contains(name),
    all: (selector) => element.querySelectorAll(selector).map(wrap),
    first: (selector) => {
      const found = element.querySelector(selector);
      return found === null ? undefined : wrap(found);
    },
    get parent() {
      return element.parentNode === null ? undefined : wrap(element.parentNode);
    },
    get children() {
      return element.children.map(wrap);
    },
  };
}
