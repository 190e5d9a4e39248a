import type { Variable } from '../../types.js';
import type { Hdu } from '../hdus.js';
import { columnsOf, columnVariable } from '../table/columns.js';

/** The columns of a compressed table (ZTABLE), a form that this reader refuses. */
export const refusedTable = (hdu: Hdu): Variable[] =>
  columnsOf(hdu).map((column) =>
    columnVariable(column, {
      dtype: 'list',
      shape: [hdu.header.size('ZNAXIS2')],
      read: async () => {
        throw hdu.header.wrong(`${hdu.name} is a compressed table (ZTABLE), which is not read`);
      },
    }),
  );
