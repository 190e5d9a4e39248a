import type { NumericArray } from '../array/data-types.js';
import { unpacked } from '../array/decode.js';
import { selectionOf, stridesOf } from '../array/selection.js';
import { readNumbers } from '../array/strided.js';
import { DataError } from '../data-error.js';
import { dataFile } from '../data-file.js';
import type { ByteSource } from '../source/byte-source.js';
import { openPath } from '../source/open-path.js';
import type { Attribute, DataFile, Variable } from '../types.js';
import { attributesOf, OF_BANDS } from './attributes.js';
import { cubeOf, type Cube } from './cube.js';
import { dataBeside, headerBeside, headerBytes } from './find-files.js';
import { ignoreValueOf } from './ignore-value.js';
import { isHeader, parseHeader } from './parse-header.js';

/**
 * An ENVI cube: a flat file of numbers, and a header beside it.
 *
 * @param source - The data or the header; the other is found beside it.
 * @param path - The place of the source on the disk; `undefined` for bytes in memory, which nothing is beside.
 */
export async function openEnvi(source: ByteSource, path: string | undefined, signal?: AbortSignal): Promise<DataFile> {
  let data = source;
  try {
    if (path === undefined)
      throw new DataError(
        'an ENVI cube is a data file with a header next to it, so it cannot be opened from memory; pass its path',
        { path: source.path },
      );
    const isOfHeader = isHeader(await source.read(0, Math.min(64, source.size)));
    const header = isOfHeader ? path : await headerBeside(path);
    if (header === undefined) throw new DataError('there is no ENVI header (.hdr) next to this file', { path });
    const fields = parseHeader(await headerBytes(header, signal), header);
    const cube = cubeOf(fields, header);
    if (isOfHeader) {
      await source.close();
      data = await openPath(await dataBeside(header, cube.interleave, cube.end), signal);
    }
    const attributes = attributesOf(fields);
    const ignored = ignoreValueOf(fields, cube.dtype);
    const variable = cubeVariable(data, cube, attributes, ignored);
    return dataFile({
      format: 'envi',
      attributes,
      variables: new Map([['data', variable]]),
      warnings: warningsOf(data, cube, attributes),
      close: () => data.close(),
    });
  } catch (error) {
    await data.close();
    throw error;
  }
}

/** @throws `DataError` when the file is shorter than its header says. */
function warningsOf({ path, size }: ByteSource, cube: Cube, attributes: Readonly<Record<string, Attribute>>): string[] {
  const [bands] = cube.shape;
  if (size < cube.end)
    throw new DataError(
      `the header describes ${cube.end} bytes, but the file ends here; ${cube.end - size} are missing`,
      {
        path,
        offset: size,
      },
    );
  const extra = size - cube.end;
  const warnings = extra > 0 ? [`${extra} bytes follow the cube, from byte ${cube.end} on`] : [];
  for (const key of OF_BANDS) {
    const value = attributes[key];
    if (Array.isArray(value) && value.length !== bands)
      warnings.push(`${JSON.stringify(key)} has ${value.length} entries for ${bands} bands`);
  }
  return warnings;
}

function cubeVariable(
  source: ByteSource,
  cube: Cube,
  attributes: Readonly<Record<string, Attribute>>,
  ignored: ReturnType<typeof ignoreValueOf>,
): Variable {
  const { dtype, bigEndian, layout } = cube;
  const units = attributes['data units'] ?? attributes['radiance data units'];
  return {
    name: 'data',
    dtype,
    shape: [...cube.shape],
    dimensions: ['band', 'line', 'sample'],
    attributes,
    ...(typeof units === 'string' ? { units } : {}),
    ...(ignored === undefined ? {} : { fill: ignored.value }),
    read: async (options = {}) => {
      const selection = selectionOf(cube.shape, options);
      const shape = [...selection.count];
      const stored = await readNumbers(source, layout, selection, dtype, bigEndian);
      const data: NumericArray =
        options.decode === false ? stored : unpacked(stored, { fills: ignored?.matches ?? [] });
      return { data, shape, strides: stridesOf(shape) };
    },
  };
}
