import { utcDay } from '../command/dates.js';
import { defined } from '../command/defined.js';
import type { CommandSpec } from '../command/spec.js';
import { MIRROR_OPTIONS } from '../mirror/options.js';
import { takeMirror, withWarnings } from '../mirror/take.js';
import { withScc } from './open.js';
import { PRODUCTS_OPTION, productsNamed } from './product-options.js';
import { DATE_ARGUMENTS, LOCATION } from './search-pages.js';

/** `sdc scc mirror`. */
export const mirror: CommandSpec = {
  name: 'mirror',
  summary: 'keep a local copy of the products of a date range up to date',
  details:
    'Fetched files are recorded in .sdc/manifest.jsonl in the folder, which sdc verify reads. Each run fetches what was finished or processed\n' +
    'again since the last one. It can be killed at any time, and two runs can share a folder.',
  arguments: [...DATE_ARGUMENTS, { flags: '<directory>', text: 'where the copy is' }],
  options: [LOCATION, PRODUCTS_OPTION, ...MIRROR_OPTIONS],
  examples: [
    ['sdc scc mirror 2021-06-01 2021-07-01 products --location aky --products optical', 'a month of one station'],
    ['sdc scc mirror 2021-06-01 2021-07-01 products --dry-run', 'what would be fetched'],
  ],
  run: (context) =>
    withScc(withWarnings(context), async (scc) => {
      const { input } = context;
      const named = input.list('products');
      const query = {
        dateStart: utcDay(input.argument('date-start'), 'date-start'),
        dateEnd: utcDay(input.argument('date-end'), 'date-end'),
        ...defined({
          station: input.text('location'),
          products: named === undefined ? undefined : productsNamed(named),
        }),
      };
      await takeMirror(context, input.argument('directory'), (options) => scc.mirror(query, options));
    }),
};
