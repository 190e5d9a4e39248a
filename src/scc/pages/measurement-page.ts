import { parsePage } from '../../core/html/page.js';
import { isFieldError } from '../errors.js';

const LINKS = 'a[href]';

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

const SELECTORS = {
  heading: 'h3',
  alert: 'div.alert-box',
  dataField: 'input#id_data',
  dataName: 'input[name=data]',
} as const;

export async function isUploadForm(text: string): Promise<boolean> {
  return (await parsePage(text)).first(SELECTORS.dataName) !== undefined;
}

/** The id in the heading of a measurement's page: `Measurement <id>`. */
export async function readMeasurementId(text: string): Promise<string | undefined> {
  for (const heading of (await parsePage(text)).all(SELECTORS.heading)) {
    const id = /^Measurement\s+([A-Za-z0-9_-]{8,64})\b/u.exec(heading.text)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}

/**
 * The reasons of a refused upload: alert boxes, and texts beside the file field. Where neither is found the list is
 * empty: refused without a reason given.
 */
export async function readRejection(text: string): Promise<string[]> {
  const page = await parsePage(text);
  const alerts = page.all(SELECTORS.alert).map((box) => box.first('p')?.text ?? box.text);
  const field = page.first(SELECTORS.dataField)?.parent;
  const beside = (field?.all('p') ?? []).map((paragraph) => paragraph.text);
  const list = (field?.all('ul.errorlist li') ?? []).map((item) => item.text);
  const bare = field !== undefined && beside.length === 0 && isFieldError(field.text) ? [field.text] : [];
  return [...new Set([...alerts, ...beside, ...list, ...bare])].filter((message) => message !== '');
}
