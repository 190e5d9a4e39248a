import { dataFile } from '../data-file.js';
import { buffered } from '../source/buffered.js';
import type { ByteSource } from '../source/byte-source.js';
import type { DataFile, DataGroup, Variable } from '../types.js';
import { hdusIn, type Hdu } from './hdus.js';
import { plainImage, refusedGroups } from './image.js';
import { asciiTable } from './table/ascii.js';
import { binaryTable } from './table/binary.js';
import { compressedImages } from './tiles/compressed-image.js';
import { refusedTable } from './tiles/refused-table.js';

/**
 * Opens a FITS file: its headers are read, of its data nothing.
 *
 * Images are named `PRIMARY`, else by their EXTNAME, else `HDU<n>`; columns of tables `<HDU>/<column>`. The cards of every HDU are
 * the attributes of its group, in which COMMENT, HISTORY and blank cards are lists of their texts.
 *
 * @throws `DataError` when the file is damaged.
 */
export async function openFits(source: ByteSource): Promise<DataFile> {
  const { hdus, warnings } = await hdusIn(buffered(source));
  const variables = new Map<string, Variable>();
  const groups = new Map<string, DataGroup>();
  for (const hdu of hdus) {
    groups.set(hdu.name, { attributes: hdu.header.attributes });
    for (const variable of variablesIn(source, hdu, warnings)) variables.set(variable.name, variable);
  }
  const attributes = hdus[0]?.header.attributes ?? {};
  return dataFile({ format: 'fits', attributes, variables, groups, warnings, close: () => source.close() });
}

function variablesIn(source: ByteSource, hdu: Hdu, warnings: string[]): Variable[] {
  const { kind, header, name, dataBytes } = hdu;
  if (kind === 'IMAGE') return dataBytes === 0 ? [] : [plainImage(source, hdu)];
  if (kind === 'TABLE') return asciiTable(source, hdu);
  if (kind === 'BINTABLE') {
    if (header.flag('ZIMAGE')) return compressedImages(source, hdu);
    return header.flag('ZTABLE') ? refusedTable(hdu) : binaryTable(source, hdu);
  }
  if (kind !== 'GROUPS') {
    warnings.push(`${name} is an extension of the type ${JSON.stringify(kind)}, which is not read`);
    return [];
  }
  warnings.push(`${name} holds random groups, which are not read`);
  return [refusedGroups(hdu)];
}
