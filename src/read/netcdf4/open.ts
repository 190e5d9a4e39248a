import { dataFile } from '../data-file.js';
import { DEFAULT_FILLS } from '../netcdf/fills.js';
import { variableOf } from '../netcdf/variable.js';
import type { ByteSource } from '../source/byte-source.js';
import type { Attribute, DataFile, Variable } from '../types.js';
import { attributeOf, type RawAttribute } from './attributes.js';
import { dimensionsOf, isOnlyDimension, nameOf, type Dimension } from './dimensions.js';
import { dataTypeOf, elementTypeOf, plainTypeOf } from './element-type.js';
import { objectsIn, type StoredDataset } from './objects.js';
import { readDataset } from './read-dataset.js';
import { Session } from './session.js';

/** Attributes by which netCDF-4 keeps its own books. */
const OF_VARIABLES = ['CLASS', 'NAME', 'DIMENSION_LIST', 'REFERENCE_LIST', '_Netcdf4Dimid', '_Netcdf4Coordinates'];
const OF_GROUPS = ['_NCProperties', '_nc3_strict'];

/**
 * A netCDF-4 file: HDF5 by the conventions of netCDF, read with the HDF5 library in WebAssembly, which sees this one file and nothing
 * else of the machine. Files on the disk are read by ranges; those in a `Blob` whole.
 *
 * @throws {@link DataError} when the file is damaged, or is not HDF5.
 */
export async function openNetcdf4(source: ByteSource): Promise<DataFile> {
  const session = await Session.of(source);
  try {
    return await fileIn(session);
  } catch (error) {
    session.release();
    throw error;
  }
}

async function fileIn(session: Session): Promise<DataFile> {
  const { groups, datasets, warnings: found } = await objectsIn(session);
  const warnings = [...found];
  const dimensions = dimensionsOf(datasets);
  const variables = datasets
    .filter((dataset) => !isOnlyDimension(dataset))
    .map((dataset) => variableIn(session, dataset, dimensions(dataset), (text) => warnings.push(text)));
  const [root, ...inner] = groups;
  return dataFile({
    format: 'netcdf4',
    attributes: visible(root?.attributes, OF_GROUPS),
    variables: new Map(variables.map((variable) => [variable.name, variable])),
    ...(inner.length === 0
      ? {}
      : {
          groups: new Map(
            inner.map(({ path, attributes }) => [path.slice(1), { attributes: visible(attributes, OF_GROUPS) }]),
          ),
        }),
    warnings,
    close: () => session.close(),
  });
}

function variableIn(
  session: Session,
  dataset: StoredDataset,
  dimensions: readonly (Dimension | undefined)[],
  warn: (text: string) => void,
): Variable {
  const type = elementTypeOf(dataset.metadata);
  const folder = dataset.path.slice(1, dataset.path.lastIndexOf('/') + 1);
  const name = folder + nameOf(dataset);
  const attributes = visible(dataset.attributes, OF_VARIABLES);
  const plain = plainTypeOf(type);
  const { _FillValue } = attributes;
  const usual = plain === undefined || type.kind === 'character' ? undefined : DEFAULT_FILLS[plain];
  const fill = typeof _FillValue === 'number' || typeof _FillValue === 'bigint' ? _FillValue : usual;
  return variableOf(
    {
      name,
      dtype: dataTypeOf(type),
      shape: (dataset.metadata.shape ?? [0]).map((length, axis) => Math.max(length, dimensions[axis]?.length ?? 0)),
      dimensions: dimensions.map((dimension) => dimension?.name ?? ''),
      attributes,
      read: (selection) => readDataset({ session, dataset, name }, selection, fill),
    },
    warn,
  );
}

function visible(
  attributes: ReadonlyMap<string, RawAttribute> | undefined,
  hidden: readonly string[],
): Readonly<Record<string, Attribute>> {
  const shown = [...(attributes ?? [])].filter(([name]) => !hidden.includes(name));
  return Object.fromEntries(shown.map(([name, raw]): [string, Attribute] => [name, attributeOf(raw)]));
}
