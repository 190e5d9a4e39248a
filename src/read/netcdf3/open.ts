import { readNumbers, readStrided } from '../array/strided.js';
import { dataFile } from '../data-file.js';
import { variableOf } from '../netcdf/variable.js';
import type { ByteSource } from '../source/byte-source.js';
import type { DataFile, Variable } from '../types.js';
import { readHeader } from './header.js';
import { recordsOf } from './records.js';

/**
 * A file of the netCDF classic format: CDF-1, CDF-2 (64-bit offsets) or CDF-5 (64-bit data), of any size. Variables are read by ranges.
 *
 * Where the last record is cut short, as by a writer that crashed, it is left out with a warning.
 *
 * @throws {@link DataError} when the header is damaged.
 */
export async function openNetcdf3(source: ByteSource): Promise<DataFile> {
  const header = await readHeader(source);
  const records = recordsOf(header, source.size);
  const warnings = [...records.warnings];
  const variables = header.variables.map((variable): Variable =>
    variableOf(
      {
        ...variable,
        shape: records.shapeOf(variable),
        dimensions: variable.dimensions.map(({ name }) => name),
        read: async (selection) => {
          const layout = records.layoutOf(variable);
          const { dtype } = variable;
          return dtype === 'text'
            ? readStrided(source, layout, selection)
            : readNumbers(source, layout, selection, dtype, true);
        },
      },
      (text) => warnings.push(text),
    ),
  );
  return dataFile({
    format: 'netcdf3',
    attributes: header.attributes,
    variables: new Map(variables.map((variable) => [variable.name, variable])),
    warnings,
    close: () => source.close(),
  });
}
