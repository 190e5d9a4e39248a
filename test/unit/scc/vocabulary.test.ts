import { expect, it } from 'vitest';
import { measurementColumns } from '../../../src/cli/scc/columns.js';
import { productEntry } from '../../../src/scc/centre.js';
import { SCC_MODULES, SCC_PRODUCTS } from '../../../src/scc/index.js';
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
