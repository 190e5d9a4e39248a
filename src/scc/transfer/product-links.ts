import type { SccOperation } from '../context.js';
import { readProductLinks } from '../pages/measurement-page.js';
import { measurementRoute } from '../routes.js';
import { getPage } from '../site/get-page.js';

/** What a measurement's page offers for download. */
export interface LinkedProducts {
  readonly names: readonly string[];
  /** The address of a product, by its name in the address or on the page, whatever case and hyphens they are written with. */
  readonly find: (product: string) => URL | undefined;
}

/** Reads the page of a measurement; one that cannot be read offers nothing. */
export async function linkedProducts(op: SccOperation, id: string): Promise<LinkedProducts> {
  const page = await getPage(op, { url: measurementRoute(id) });
  const links = page.status === 200 ? await readProductLinks(page.text, page.url, id) : [];
  return {
    names: links.map(({ name }) => name),
    find: (product) => {
      const wanted = plain(product);
      const found =
        links.find(({ name }) => plain(name) === wanted) ?? links.find(({ text }) => plain(text) === wanted);
      return found?.url;
    },
  };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/gu, '');
}
