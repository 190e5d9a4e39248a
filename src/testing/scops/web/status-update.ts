import { sortedJson } from './answers.js';
import type { SiteCall } from './call.js';
import { productsOf } from './status-source.js';

/** `/status/processingupdate/<id>`: the only JSON of the site. */
export function statusUpdate({ world, project, args: [id = ''] }: SiteCall): Response {
  const products = productsOf(world, id, project);
  return sortedJson(world, Object.fromEntries(products.map((product) => [product.name, { ...product }])));
}
