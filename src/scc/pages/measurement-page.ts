import { parsePage } from '../../core/html/page.js';

const LINKS = 'a[href]';

/** A link of a measurement's page to one of its downloads. */
export interface ProductLink {
  /** As in the address: `preprocessed` of `download-preprocessed/`. */
  readonly name: string;
  /** What the page calls it. */
  readonly text: string;
  readonly url: URL;
}

/**
 * The downloads that a measurement's page links: `…/<id>/download-<name>/` on the site itself. Other links are never
 * followed: some of them start the processing.
 */
export async function readProductLinks(html: string, pageUrl: string, id: string): Promise<ProductLink[]> {
  const links: ProductLink[] = [];
  for (const anchor of (await parsePage(html)).all(LINKS)) {
    const href = anchor.attr('href') ?? '';
    if (!URL.canParse(href, pageUrl)) continue;
    const url = new URL(href, pageUrl);
    const [last = '', owner] = url.pathname
      .split('/')
      .filter((part) => part !== '')
      .reverse();
    const name = /^download[-_](.+)$/iu.exec(last)?.[1];
    if (name !== undefined && owner === id && url.origin === new URL(pageUrl).origin)
      links.push({ name, text: anchor.text, url });
  }
  return links;
}
