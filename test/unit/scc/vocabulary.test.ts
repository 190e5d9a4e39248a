import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { programSpec } from '../../../src/cli/commands.js';
import { measurementColumns } from '../../../src/cli/scc/columns.js';
import { productEntry } from '../../../src/scc/centre.js';
import { SCC_MODULES, SCC_PRODUCTS } from '../../../src/scc/index.js';
import { productFileName } from '../../../src/scc/names/product.js';
import { SIM_DOWNLOADS, SIM_MODULES } from '../../../src/testing/scc/model.js';

it('the simulated SCC runs the modules that the client knows, in their order', () => {
  expect(SIM_MODULES).toEqual(SCC_MODULES);
});

it('the simulated SCC offers the products that the client knows, under the names of their addresses', () => {
  expect(SIM_DOWNLOADS).toEqual(SCC_PRODUCTS.map((product) => productEntry(product).path));
});

it('the command shows a column for each module', () => {
  const names = measurementColumns().map(({ name }) => name);
  expect(names.filter((name) => SCC_MODULES.some((module) => module === name))).toEqual(SCC_MODULES);
});

it('the command `search-download` takes and can exclude each product but those that the Python tool does not download', () => {
  const group = programSpec(() => Promise.resolve(0)).groups.find(({ name }) => name === 'scc');
  const options = group?.commands.find(({ name }) => name === 'search-download')?.options ?? [];
  const taken = SCC_PRODUCTS.filter((product) => options.some(({ flags }) => flags === `--no-${product}`));
  expect(SCC_PRODUCTS.filter((product) => !taken.includes(product))).toEqual(['raw', 'plots', 'elquick']);
});

it('the guide names each module, and each product with its file', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../../docs/scc.md'), 'utf8');
  const files = [...guide.matchAll(/^\| `(\w+)` \| `(\S+)` \|/gmu)].map(([, product, file]) => [product, file]);
  expect(files).toEqual(SCC_PRODUCTS.map((product) => [product, productFileName(product, '<id>')]));
  for (const module of SCC_MODULES) expect(guide).toMatch(new RegExp(`\`(?:products\\.)?${module}\``, 'u'));
});
